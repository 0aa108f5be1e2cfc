package dev.odyssey.transform;

/** Why an expression is refused: the reason as one clause that says what to do, and the place. */
final class Refusal extends Exception {
  static final int NOWHERE = -1;

  private final int position;

  Refusal(String reason, int position) {
    super(reason);
    this.position = position;
  }

  /** Index of the offending character in the expression, or {@link #NOWHERE}. */
  int position() {
    return position;
  }
}
