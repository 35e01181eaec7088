package io.bitting.key;

/** Compares digests where it must not. In this package because nothing outside it could. */
public final class PlantedComparison {
  private PlantedComparison() {}

  static boolean matches(SecretDigest stored) {
    return stored.matches(1, 2, 3, 4);
  }
}
