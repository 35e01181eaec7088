package io.bitting.server.acting;

import io.bitting.client.protocol.SecretText;
import java.util.function.Supplier;

/** Whether an answer has the secret that was made. */
public enum Reveal {
  /** It has: it is the first answer, and the only one that ever does. */
  ONCE,
  /** It says that there was one: it is kept, and given to whoever asks the same again. */
  NOT_AGAIN;

  /**
   * Returns what stands in the answer.
   *
   * @param secret shows the secret; not asked where it is not to be shown
   */
  public SecretText secret(Supplier<String> secret) {
    return this == ONCE ? SecretText.of(secret.get()) : SecretText.withheld();
  }
}
