package io.bitting.seal;

/**
 * Told of each row whose seal is not intact. Called from the thread that read the row; must be
 * quick and not throw.
 */
@FunctionalInterface
public interface SealAlarm {
  /**
   * Takes note of a row that grants nothing.
   *
   * @param kind the kind of row: {@code key}, {@code secret}, {@code grant}, {@code organization},
   *     {@code api}, {@code catalog}, {@code setup_code}, {@code signing_key}, {@code person},
   *     {@code member} and the like
   * @param id which row
   * @param verdict what its seal says, never {@link SealVerdict#INTACT}
   */
  void raised(String kind, String id, SealVerdict verdict);
}
