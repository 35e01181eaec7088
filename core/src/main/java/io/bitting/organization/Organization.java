package io.bitting.organization;

import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.seal.Canonical;
import java.time.Instant;

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
    Instant createdAt,
    long revision) {

  /**
   * An organization with the usual policy.
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
    this(id, slug, name, operator, suspended, allScopesAllowed, Policy.USUAL, createdAt, revision);
  }

  /** Returns the form that is sealed. The policy comes last, and is left out if it is the usual. */
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
    return form.toBytes();
  }

  /**
   * Returns it with another name.
   *
   * @param newName the name
   */
  public Organization named(String newName) {
    return new Organization(
        id, slug, newName, operator, suspended, allScopesAllowed, policy, createdAt, revision + 1);
  }

  /**
   * Returns it suspended or resumed.
   *
   * @param nowSuspended whether its keys are refused
   */
  public Organization suspended(boolean nowSuspended) {
    return new Organization(
        id, slug, name, operator, nowSuspended, allScopesAllowed, policy, createdAt, revision + 1);
  }

  /**
   * Returns it with keys of all scopes allowed or forbidden. Keys that exist keep their grants.
   *
   * @param nowAllowed whether new keys may have all scopes
   */
  public Organization allowingAllScopes(boolean nowAllowed) {
    return new Organization(
        id, slug, name, operator, suspended, nowAllowed, policy, createdAt, revision + 1);
  }

  /**
   * Returns it with another policy. Keys that exist keep their expiry.
   *
   * @param newPolicy the policy
   */
  public Organization demanding(Policy newPolicy) {
    return new Organization(
        id, slug, name, operator, suspended, allScopesAllowed, newPolicy, createdAt, revision + 1);
  }

  /**
   * Returns it with another revision.
   *
   * @param number the revision
   */
  public Organization withRevision(long number) {
    return new Organization(
        id, slug, name, operator, suspended, allScopesAllowed, policy, createdAt, number);
  }
}
