package io.bitting.cli;

import io.bitting.client.protocol.SecretText;
import java.time.Instant;

/**
 * What commands ask of the server's code in this process. The one place where the command line
 * meets it is {@link ServerLaunch}.
 */
interface Launch {

  /**
   * Serves until the process is told to end.
   *
   * @param configuration the settings
   * @param surroundings where to say that it is ready, and to show the setup code
   * @return the exit code
   */
  int serve(Configuration configuration, Surroundings surroundings);

  /**
   * Serves the demonstration until the process is told to end.
   *
   * @param configuration the settings
   * @param surroundings where to say that it is ready, and to show the keys
   * @return the exit code
   */
  int demo(Configuration configuration, Surroundings surroundings);

  /**
   * Makes a key for the operator organization, out of database and keyset.
   *
   * @param configuration the settings
   * @throws StopException if there is no owner to recover for, or the database cannot be opened
   */
  Recovered recover(Configuration configuration);

  /**
   * A key for an owner without one.
   *
   * @param display prefix and id
   * @param organization the slug of its organization
   * @param expiresAt until when it works
   * @param token the key's token
   * @param setupCode with which a person becomes an owner within 30 minutes
   */
  record Recovered(
      String display,
      String organization,
      Instant expiresAt,
      SecretText token,
      SecretText setupCode) {}
}
