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
 * @param form what the form of policies holds
 * @param preview whom the policies in the form would hit; null if nobody asked
 * @param factor how it stands with the second factor
 * @param faults what is wrong with what was sent
 */
record SettingsPage(
    OrganizationAnswer organization,
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
   * Whom policies would hit.
   *
   * @param beyond keys that live longer than they may, which stay as they are until rotated
   * @param unused keys that would be given notice at once
   * @param examples some of them
   */
  record Preview(int beyond, int unused, List<KeyAnswer> examples) {
    Preview {
      examples = List.copyOf(examples);
    }
  }

  /**
   * How it stands with the second factor.
   *
   * @param requiredFrom from when on one is required; null if none is
   * @param without who has none, by name
   * @param leadersWithout owners and admins among them, who have to enrol before it is required
   */
  record Factor(@Nullable Instant requiredFrom, List<String> without, List<String> leadersWithout) {
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
