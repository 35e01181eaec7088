package io.bitting.server.setup;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.DisplayName;
import io.bitting.id.OrganizationId;
import io.bitting.organization.Organization;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.Reader;
import io.bitting.store.SetupCode;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Finds setup codes that count, and the organization that one is of. Thread-safe. */
final class Redeeming {
  private final Clock clock;
  private final SecureRandom random;

  Redeeming(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** Finds a code; empty if it is wrong, used or expired. */
  Optional<SetupCode> find(Reader reader, String code) {
    return reader
        .setupCode(Bytes.sha256(code))
        .flatMap(Sealed::intact)
        .filter(known -> clock.instant().isBefore(known.expiresAt()));
  }

  /** Returns who redeems a code, as the actor of an audit event. */
  static Actor actor(SetupCode code) {
    return new Actor(Actor.Kind.SETUP, code.id());
  }

  /**
   * Locks the organization that a code is of, or makes the operator organization, if it is for
   * that; empty if the code was used before the lock was had. Its holder removes the code.
   */
  Optional<Organization> organization(
      Writer writer,
      SetupCode code,
      FirstOwner.Named named,
      Optional<String> requestId,
      Optional<String> source) {
    Optional<Organization> organization =
        code.organization().isPresent()
            ? writer.lockOrganization(code.organization().get()).flatMap(Sealed::intact)
            : operator(writer, code, named, requestId, source);
    return organization.filter(
        locked -> writer.setupCode(code.digest()).flatMap(Sealed::intact).isPresent());
  }

  private Optional<Organization> operator(
      Writer writer,
      SetupCode code,
      FirstOwner.Named named,
      Optional<String> requestId,
      Optional<String> source) {
    if (writer.operatorOrganization().isPresent()) {
      return Optional.empty();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Organization operator =
        new Organization(
            OrganizationId.generate(random),
            named.slug(),
            DisplayName.normalize(named.name()),
            true,
            false,
            true,
            now,
            1);
    writer.insertOrganization(operator);
    AuditEvent.Act act =
        new AuditEvent.Act(
            "organization.created",
            actor(code),
            new AuditEvent.Target("organization", operator.id().text()),
            requestId,
            List.of(
                new AuditEvent.Change("slug", null, operator.slug().text()),
                new AuditEvent.Change("name", null, operator.name())));
    writer.audit(AuditChain.INSTALLATION, act, source);
    writer.audit(AuditChain.of(operator.id()), act, source);
    return Optional.of(operator);
  }
}
