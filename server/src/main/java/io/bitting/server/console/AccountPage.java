package io.bitting.server.console;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to the person who looks: password, second factors, sign-ins.
 *
 * @param app when the authenticator app was enrolled; null if none is
 * @param passkeys the passkeys
 * @param codesLeft how many recovery codes are left
 * @param signIns where the person is signed in
 * @param faults what is wrong with what was sent
 */
record AccountPage(
    @Nullable Instant app, List<Key> passkeys, int codesLeft, List<SignedIn> signIns, Faults faults)
    implements ConsolePage {
  AccountPage {
    passkeys = List.copyOf(passkeys);
    signIns = List.copyOf(signIns);
  }

  /**
   * A passkey.
   *
   * @param id names it
   * @param name what the person calls it
   * @param createdAt when it was enrolled
   * @param lastUsedAt when it was last used; null for never
   */
  record Key(String id, String name, Instant createdAt, @Nullable Instant lastUsedAt) {}

  /**
   * Where the person is signed in.
   *
   * @param id names it
   * @param browser what the browser says it is
   * @param source the address
   * @param createdAt since when
   * @param lastSeenAt when it was last seen
   * @param current whether it is this one
   */
  record SignedIn(
      String id,
      String browser,
      String source,
      Instant createdAt,
      Instant lastSeenAt,
      boolean current) {}

  @Override
  public String title() {
    return "Your account";
  }

  @Override
  public Section section() {
    return Section.NONE;
  }
}
