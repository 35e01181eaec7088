package io.bitting.server.setup;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.grant.Ceiling;
import io.bitting.id.Slug;
import io.bitting.issue.Fault;
import io.bitting.issue.Issuer;
import io.bitting.issue.Issuing;
import io.bitting.issue.KeyRequest;
import io.bitting.organization.Organization;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.server.keys.KeyAnswers;
import io.bitting.store.MemberFilter;
import io.bitting.store.Reader;
import io.bitting.store.SetupCode;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * How an organization comes to its first key, and who has the machine to a new one.
 *
 * <p><b>Security guarantees.</b> There is no key before a code is redeemed; a code is redeemed
 * once, within its time. Both ways are audited and go through the one issuing function.
 *
 * <p>Thread-safe. Blocks.
 */
public final class FirstOwner {
  private static final Duration RECOVERY_LIFETIME = Duration.ofHours(24);
  private static final Actor RECOVERY = new Actor(Actor.Kind.OPERATOR, "setup --recover");

  private final Store store;
  private final Issuing issuing;
  private final SetupCodes codes;
  private final Clock clock;
  private final Redeeming redeeming;
  private volatile Runnable whenRedeemed = () -> {};

  /** What came of it. */
  public sealed interface Outcome {}

  /**
   * The key was made.
   *
   * @param organization its organization
   * @param issued the key with its token
   * @param shown the key as callers see it
   * @param code a setup code with which a person becomes an owner, too; made by {@link #recover}
   */
  public record Owned(
      Organization organization,
      Issuing.Issued issued,
      KeyAnswer shown,
      Optional<SetupCodes.Fresh> code)
      implements Outcome {}

  /** The code is wrong, used or expired; nothing was changed. */
  public record NoSuchCode() implements Outcome {}

  /**
   * The key cannot be made as asked for; nothing was changed.
   *
   * @param why the outcome of issuing
   */
  public record NotIssued(Issuing.Outcome why) implements Outcome {}

  /** There is no operator organization yet; nothing was changed. */
  public record NotSetUp() implements Outcome {}

  /**
   * What the operator organization is to be called.
   *
   * @param slug its slug
   * @param name its name
   */
  public record Named(Slug slug, String name) {
    static final Named USUAL = new Named(new Slug("operator"), "Operator");
  }

  /**
   * Whoever redeems a code, and what they say.
   *
   * @param code the code
   * @param organization what to call the operator organization, if it is made
   * @param keyName the name of the key
   * @param requestId the request
   * @param source where it came from
   */
  public record Redemption(
      String code,
      Optional<Named> organization,
      String keyName,
      Optional<String> requestId,
      Optional<String> source) {
    @Override
    public String toString() {
      return "Redemption";
    }
  }

  /**
   * Makes it.
   *
   * @param store what is changed
   * @param issuing the one way to a key
   * @param codes makes codes
   * @param clock tells the time
   * @param random gives ids
   */
  public FirstOwner(
      Store store, Issuing issuing, SetupCodes codes, Clock clock, SecureRandom random) {
    this.store = store;
    this.issuing = issuing;
    this.codes = codes;
    this.clock = clock;
    this.redeeming = new Redeeming(clock, random);
  }

  /**
   * Makes a setup code if there is no operator organization yet; the one before it is void.
   *
   * @return the code; empty if there is an owner already
   */
  public Optional<SetupCodes.Fresh> codeIfNone() {
    return store
        .write(writer ->
            writer.operatorOrganization().isPresent()
                ? Optional.<SetupCodes.Fresh>empty()
                : Optional.of(put(writer, codes.makeFirst(), "serve")))
        .result();
  }

  /**
   * Makes a setup code for the operator organization if it has keys and no members, so that
   * somebody with the machine can become its first; the one before it is void.
   *
   * @return the code; empty if there are members, or no operator organization yet
   */
  public Optional<SetupCodes.Fresh> codeIfNobody() {
    return store
        .write(writer ->
            writer
                .operatorOrganization()
                .flatMap(Sealed::intact)
                .flatMap(operator -> writer.lockOrganization(operator.id()))
                .flatMap(Sealed::intact)
                .filter(operator ->
                    writer
                        .people()
                        .members(operator.id(), MemberFilter.all(), Optional.empty(), 1)
                        .isEmpty())
                .map(operator -> put(writer, codes.make(operator.id()), "demo")))
        .result();
  }

  private static SetupCodes.Fresh put(Writer writer, SetupCodes.Fresh fresh, String command) {
    writer.putSetupCode(fresh.code());
    writer.audit(
        AuditChain.INSTALLATION,
        new AuditEvent.Act(
            "setup_code.created",
            new Actor(Actor.Kind.OPERATOR, command),
            new AuditEvent.Target("setup_code", fresh.code().id()),
            Optional.empty(),
            List.of()),
        Optional.empty());
    return fresh;
  }

  /**
   * Redeems a code.
   *
   * @param redemption the code and what is said with it
   */
  public Store.Committed<Outcome> redeem(Redemption redemption) {
    Store.Committed<Outcome> committed;
    try {
      committed = redeemOnce(redemption);
    } catch (StoreException.Conflict e) {
      // Somebody was quicker; the code is used now.
      committed = redeemOnce(redemption);
    }
    if (committed.result() instanceof Owned) {
      whenRedeemed.run();
    }
    return committed;
  }

  /**
   * Has something done after each code that was redeemed here, as taking away what showed it.
   *
   * @param deed runs in the thread of the request; does not throw
   */
  public void whenRedeemed(Runnable deed) {
    whenRedeemed = deed;
  }

  /** Does what was to be done after a code was redeemed. */
  void afterwards() {
    whenRedeemed.run();
  }

  private Store.Committed<Outcome> redeemOnce(Redemption redemption) {
    try {
      return store.write(writer -> redeem(writer, redemption));
    } catch (Undone undone) {
      return new Store.Committed<>(
          new NotIssued(undone.why), store.read(reader -> reader.position()));
    }
  }

  /** Rolls a transaction back in which an organization was made and its key was not. */
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Issuing.Outcome why;

    Undone(Issuing.Outcome why) {
      super("the key was not issued", null, false, false);
      this.why = why;
    }
  }

  private Outcome redeem(Writer writer, Redemption redemption) {
    Optional<SetupCode> found = redeeming.find(writer, redemption.code());
    if (found.isEmpty()) {
      return new NoSuchCode();
    }
    SetupCode code = found.get();
    if (code.organization().isPresent() && redemption.organization().isPresent()) {
      return new NotIssued(
          new Issuing.Faulty(
              List.of(
                  new Fault(
                      "/organization",
                      "member_unknown",
                      "the code is of an organization that exists and has its name",
                      "take the member out"))));
    }
    Actor actor = new Actor(Actor.Kind.SETUP, code.id());
    Optional<Organization> organization =
        redeeming.organization(
            writer,
            code,
            redemption.organization().orElse(Named.USUAL),
            redemption.requestId(),
            redemption.source());
    if (organization.isEmpty()) {
      return new NoSuchCode();
    }
    Issuing.Outcome outcome =
        issuing.issue(
            writer,
            organization.get(),
            new Issuer(
                actor, new Ceiling.Everything(), redemption.requestId(), redemption.source()),
            OwnerKey.request(
                redemption.keyName(),
                "the owner's first key, made by setup",
                new KeyRequest.UsualExpiry()));
    if (!(outcome instanceof Issuing.Issued issued)) {
      throw new Undone(outcome);
    }
    writer.removeSetupCode(code);
    return owned(writer, organization.get(), issued, Optional.empty());
  }

  private Owned owned(
      Reader reader,
      Organization organization,
      Issuing.Issued issued,
      Optional<SetupCodes.Fresh> code) {
    return new Owned(
        organization,
        issued,
        new KeyAnswers(reader, clock.instant())
            .of(Sealed.of(issued.key().row(), SealVerdict.INTACT)),
        code);
  }

  /**
   * Makes a key for 24 hours in the operator organization, and a setup code with which a person
   * becomes its owner, for whoever has database and keyset.
   */
  public Store.Committed<Outcome> recover() {
    return store.write(writer -> {
      Optional<Organization> operator =
          writer
              .operatorOrganization()
              .flatMap(Sealed::intact)
              .flatMap(known -> writer.lockOrganization(known.id()))
              .flatMap(Sealed::intact);
      if (operator.isEmpty()) {
        return new NotSetUp();
      }
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Issuing.Outcome outcome =
          issuing.issue(
              writer,
              operator.get(),
              new Issuer(RECOVERY, new Ceiling.Everything(), Optional.empty(), Optional.empty()),
              OwnerKey.request(
                  "recovery " + now,
                  "made by setup --recover",
                  new KeyRequest.ExpiryAt(now.plus(RECOVERY_LIFETIME))));
      return outcome instanceof Issuing.Issued issued
          ? owned(writer, operator.get(), issued, Optional.of(recoveryCode(writer, operator.get())))
          : new NotIssued(outcome);
    });
  }

  private SetupCodes.Fresh recoveryCode(Writer writer, Organization operator) {
    SetupCodes.Fresh fresh = codes.make(operator.id());
    writer.putSetupCode(fresh.code());
    writer.audit(
        AuditChain.of(operator.id()),
        new AuditEvent.Act(
            "setup_code.created",
            RECOVERY,
            new AuditEvent.Target("setup_code", fresh.code().id()),
            Optional.empty(),
            List.of(
                new AuditEvent.Change("expires_at", null, fresh.code().expiresAt().toString()))),
        Optional.empty());
    return fresh;
  }
}
