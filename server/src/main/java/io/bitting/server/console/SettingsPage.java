package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.OrganizationAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organization's name, its policies, and whether a second factor is required.
 *
 * @param organization the organization
 * @param name what the form of the name holds
 * @param form what the form of policies holds
 * @param preview whom the policies in the form would hit; null if nobody asked
 * @param factor how it stands with the second factor
 * @param faults what is wrong with what was sent
 */
record SettingsPage(
    OrganizationAnswer organization,
    String name,
    Form form,
    @Nullable Preview preview,
    Factor factor,
    Faults faults)
    implements ConsolePage {

  /**
   * What the form of policies holds; an empty text for no limit.
   *
   * @param lifetimeMax days
   * @param neverAllowed whether a key may live for ever
   * @param allScopesAllowed whether a key may have all scopes
   * @param revokeUnusedAfter days
   * @param usageKept days
   * @param auditKept days
   * @param deadKeysKept days
   */
  record Form(
      String lifetimeMax,
      boolean neverAllowed,
      boolean allScopesAllowed,
      String revokeUnusedAfter,
      String usageKept,
      String auditKept,
      String deadKeysKept) {}

  /**
   * Whom policies would hit, of the live keys that were looked at, the newest first.
   *
   * @param looked how many were looked at
   * @param more whether there are more than that
   * @param beyond keys that live longer than they may, which stay as they are until rotated
   * @param all keys of all scopes that may not be any more, which stay as they are, too
   * @param unused keys that would be given notice at once
   * @param examples some of them
   */
  record Preview(
      int looked, boolean more, int beyond, int all, int unused, List<KeyAnswer> examples) {
    Preview {
      examples = List.copyOf(examples);
    }

    int affected() {
      return beyond + all + unused;
    }
  }

  /**
   * How it stands with the second factor.
   *
   * @param requiredFrom from when on one is required; null if none is
   * @param without who has none, by name
   * @param more whether there are more of them
   * @param leadersWithout owners and admins among them, who enrol before it can be required
   */
  record Factor(
      @Nullable Instant requiredFrom,
      List<String> without,
      boolean more,
      List<String> leadersWithout) {
    Factor {
      without = List.copyOf(without);
      leadersWithout = List.copyOf(leadersWithout);
    }
  }

  @Override
  public String title() {
    return "Settings";
  }

  @Override
  public Section section() {
    return Section.SETTINGS;
  }
}
