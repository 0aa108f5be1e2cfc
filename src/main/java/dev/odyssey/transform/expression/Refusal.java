package dev.odyssey.transform.expression;

/** Why an expression is refused: the reason as one clause that says what to do, and the place. */
public final class Refusal extends Exception {
  public static final int NOWHERE = -1;

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
