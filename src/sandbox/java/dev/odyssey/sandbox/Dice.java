package dev.odyssey.sandbox;

import java.util.SplittableRandom;

/** Chance that always falls the same for the same row: seed, sample and row number decide. */
final class Dice {

  static final long SEED = 20_250_101;

  private final SplittableRandom random;

  Dice(String sample, int row) {
    random = new SplittableRandom(SEED + ((long) sample.hashCode() << 32) + row);
  }

  String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Both ends are possible. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }
}
