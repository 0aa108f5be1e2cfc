package dev.odyssey.failure;

/** A value that must never be printed: {@code toString} hides it. */
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
