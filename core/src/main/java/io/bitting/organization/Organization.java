package io.bitting.organization;

import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.seal.Canonical;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tenant that owns keys and settings.
 *
 * @param id names it for ever
 * @param slug its short name in URLs
 * @param name what people call it
 * @param operator whether it is the one that runs the installation
 * @param suspended whether its keys are refused
 * @param allScopesAllowed whether its keys may have all scopes
 * @param policy what it demands of its keys, and how long it keeps what is past
 * @param mfaRequiredFrom from when on its members need a second factor; null for never
 * @param createdAt when it was made
 * @param revision counts its changes, from 1
 */
public record Organization(
    OrganizationId id,
    Slug slug,
    String name,
    boolean operator,
    boolean suspended,
    boolean allScopesAllowed,
    Policy policy,
    @Nullable Instant mfaRequiredFrom,
    Instant createdAt,
    long revision) {

  /**
   * An organization with the usual policy, whose members need no second factor.
   *
   * @param id names it for ever
   * @param slug its short name in URLs
   * @param name what people call it
   * @param operator whether it is the one that runs the installation
   * @param suspended whether its keys are refused
   * @param allScopesAllowed whether its keys may have all scopes
   * @param createdAt when it was made
   * @param revision counts its changes, from 1
   */
  public Organization(
      OrganizationId id,
      Slug slug,
      String name,
      boolean operator,
      boolean suspended,
      boolean allScopesAllowed,
      Instant createdAt,
      long revision) {
    this(
        id,
        slug,
        name,
        operator,
        suspended,
        allScopesAllowed,
        Policy.USUAL,
        null,
        createdAt,
        revision);
  }

  /**
   * Returns the form that is sealed. The policy comes last but one, and is left out if it is the
   * usual; last comes from when on a second factor is needed, left out if it never is.
   */
  public byte[] canonical() {
    Canonical form =
        Canonical.of("organization")
            .text(id.text())
            .text(slug.text())
            .text(name)
            .flag(operator)
            .flag(suspended)
            .flag(allScopesAllowed)
            .time(createdAt)
            .number(revision);
    if (!policy.equals(Policy.USUAL)) {
      policy.appendTo(form);
    }
    if (mfaRequiredFrom != null) {
      form.text("mfa").time(mfaRequiredFrom);
    }
    return form.toBytes();
  }

  /**
   * Tells whether a member without a second factor is refused everything but getting one.
   *
   * @param now what the clock says
   */
  public boolean requiresMfa(Instant now) {
    return mfaRequiredFrom != null && !now.isBefore(mfaRequiredFrom);
  }

  /**
   * Returns it with another name.
   *
   * @param newName the name
   */
  public Organization named(String newName) {
    return with(newName, suspended, allScopesAllowed, policy, mfaRequiredFrom, revision + 1);
  }

  /**
   * Returns it suspended or resumed.
   *
   * @param nowSuspended whether its keys are refused
   */
  public Organization suspended(boolean nowSuspended) {
    return with(name, nowSuspended, allScopesAllowed, policy, mfaRequiredFrom, revision + 1);
  }

  /**
   * Returns it with keys of all scopes allowed or forbidden. Keys that exist keep their grants.
   *
   * @param nowAllowed whether new keys may have all scopes
   */
  public Organization allowingAllScopes(boolean nowAllowed) {
    return with(name, suspended, nowAllowed, policy, mfaRequiredFrom, revision + 1);
  }

  /**
   * Returns it with another policy. Keys that exist keep their expiry.
   *
   * @param newPolicy the policy
   */
  public Organization demanding(Policy newPolicy) {
    return with(name, suspended, allScopesAllowed, newPolicy, mfaRequiredFrom, revision + 1);
  }

  /**
   * Returns it with a second factor required of its members, or no longer.
   *
   * @param from from when on; empty for never
   */
  public Organization requiringMfa(Optional<Instant> from) {
    return with(name, suspended, allScopesAllowed, policy, from.orElse(null), revision + 1);
  }

  /**
   * Returns it with another revision.
   *
   * @param number the revision
   */
  public Organization withRevision(long number) {
    return with(name, suspended, allScopesAllowed, policy, mfaRequiredFrom, number);
  }

  private Organization with(
      String newName,
      boolean nowSuspended,
      boolean nowAllowed,
      Policy newPolicy,
      @Nullable Instant from,
      long number) {
    return new Organization(
        id, slug, newName, operator, nowSuspended, nowAllowed, newPolicy, from, createdAt, number);
  }
}
