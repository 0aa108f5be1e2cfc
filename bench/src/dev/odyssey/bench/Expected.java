package dev.odyssey.bench;

import dev.odyssey.transform.TransformResult;

/** What the product must have counted; a fast wrong answer is no result. */
record Expected(long inserted, long updated, long unchanged, long deleted) {

  static Expected of(Variant variant, OrderFile orders) {
    long rows = orders.rows();
    return switch (variant) {
      case FIRST -> new Expected(rows, 0, 0, 0);
      case SAME -> new Expected(0, 0, rows, 0);
      case RESYNC ->
          new Expected(
              orders.inserted(),
              orders.updated(),
              rows - orders.updated() - orders.deleted(),
              orders.deleted());
      default -> throw new IllegalArgumentException(variant + " counts nothing");
    };
  }

  /** Throws where the counts differ, or where the one bad value was not told. */
  void verify(TransformResult result) {
    Expected counted =
        new Expected(result.inserted(), result.updated(), result.unchanged(), result.deleted());
    if (!counted.equals(this)) {
      throw new IllegalStateException("counted " + counted + " instead of " + this);
    }
  }
}
