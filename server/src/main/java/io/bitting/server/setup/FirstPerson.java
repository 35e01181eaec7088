package io.bitting.server.setup;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.DisplayName;
import io.bitting.id.MemberId;
import io.bitting.id.Slug;
import io.bitting.issue.Fault;
import io.bitting.member.MailAddress;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.scope.Spelling;
import io.bitting.seal.Sealed;
import io.bitting.server.signin.Arrivals;
import io.bitting.server.signin.Browser;
import io.bitting.server.signin.Joined;
import io.bitting.server.signin.Outcome;
import io.bitting.store.SetupCode;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How an organization comes to its first owner who is a person: by a setup code, which makes that
 * or a key ({@link FirstOwner}), and is used then. A code of the operator organization makes the
 * organization, too; one of another organization, or of {@code setup --recover}, finds it there.
 *
 * <p><b>Security guarantees.</b> Nobody can sign in before a code is redeemed; a code is redeemed
 * once, within its time. Who is known by the mail address already proves the password.
 *
 * <p>Thread-safe. Blocks.
 */
public final class FirstPerson {
  private static final String NONE =
      "The setup code is wrong, was used, or is older than 30 minutes; a restart of the server makes a new one while nobody owns it.";
  private static final Slug SLUG_USUAL = new Slug("operator");
  private static final int SLUG_LENGTH = 40;

  private final Store store;
  private final FirstOwner firstOwner;
  private final Arrivals arrivals;
  private final Redeeming redeeming;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Makes the flow.
   *
   * @param store what is changed
   * @param firstOwner knows what is to be done after a code was redeemed
   * @param arrivals makes persons
   * @param clock tells the time
   * @param random gives ids
   */
  public FirstPerson(
      Store store, FirstOwner firstOwner, Arrivals arrivals, Clock clock, SecureRandom random) {
    this.store = store;
    this.firstOwner = firstOwner;
    this.arrivals = arrivals;
    this.redeeming = new Redeeming(clock, random);
    this.clock = clock;
    this.random = random;
  }

  /**
   * What is said with a code. {@code toString} shows nothing of it.
   *
   * @param code the code
   * @param organization what the operator organization is to be called; does not matter for others
   * @param name the person's name
   * @param mail the person's mail address
   * @param password a new password, or that of who has the address already
   */
  public record Form(String code, String organization, String name, String mail, String password) {
    @Override
    public String toString() {
      return "Form";
    }
  }

  /** Tells whether the operator organization exists, so that only codes of others are left. */
  public boolean isOver() {
    return store.<Boolean>read(reader -> reader.operatorOrganization().isPresent());
  }

  /**
   * Redeems a code.
   *
   * @param form what was typed
   * @param browser who asks
   */
  public Outcome<Joined> redeem(Form form, Browser browser) {
    String code = form.code().strip();
    Optional<SetupCode> found = store.read(reader -> redeeming.find(reader, code));
    if (found.isEmpty()) {
      return new Outcome.Refused<>(NONE);
    }
    Optional<String> joined =
        found
            .get()
            .organization()
            .map(id ->
                store.<String>read(reader ->
                    reader
                        .organization(id)
                        .map(Sealed::unchecked)
                        .map(Organization::name)
                        .orElse("")));
    String organization = DisplayName.normalize(joined.orElse(form.organization()));
    List<Fault> faults = faults(form, organization, joined.isEmpty());
    if (!faults.isEmpty()) {
      if (!isKnown(form)) {
        faults.addAll(
            arrivals.faults(form.mail().strip(), form.name(), form.password(), organization));
      }
      return new Outcome.Faulty<>(faults);
    }
    Arrivals.Newcomer newcomer =
        new Arrivals.Newcomer(
            MailAddress.parse(form.mail().strip()).orElseThrow(),
            form.name(),
            form.password(),
            organization);
    return switch (arrivals.check(newcomer, browser)) {
      case Outcome.No<Arrivals.Arrival> no -> no.of();
      case Outcome.Done<Arrivals.Arrival> arrival ->
          redeem(code, organization, arrival.result(), browser);
    };
  }

  /** Tells whether somebody has the mail address, whose name and password are there already. */
  private boolean isKnown(Form form) {
    return MailAddress.parse(form.mail().strip())
        .filter(mail -> store.<Boolean>read(reader -> Arrivals.isKnown(reader, mail)))
        .isPresent();
  }

  private static List<Fault> faults(Form form, String organization, boolean isNew) {
    List<Fault> faults = new ArrayList<>();
    if (isNew && organization.isEmpty()) {
      faults.add(
          new Fault(
              "/organization",
              "name_missing",
              "name is empty; an organization has a name",
              "enter what people call it"));
    }
    if (isNew) {
      DisplayName.fault("name", organization, DisplayName.LENGTH_MAX)
          .ifPresent(message ->
              faults.add(
                  new Fault("/organization", "name_invalid", message, "choose another name")));
    }
    if (MailAddress.parse(form.mail().strip()).isEmpty()) {
      faults.add(
          new Fault(
              "/mail",
              "mail_invalid",
              "mail address \""
                  + Spelling.printable(form.mail())
                  + "\" is not well-formed; "
                  + MailAddress.RULE,
              "enter another: ada@example.com"));
    }
    return faults;
  }

  private Outcome<Joined> redeem(
      String code, String organization, Arrivals.Arrival arrival, Browser browser) {
    Outcome<Joined> outcome;
    try {
      outcome =
          store
              .<Outcome<Joined>>write(
                  writer -> redeem(writer, code, organization, arrival, browser))
              .result();
    } catch (StoreException.Conflict e) {
      // Somebody was quicker; the code is used now.
      outcome = new Outcome.Refused<>(NONE);
    } catch (Undone e) {
      outcome =
          Outcome.Faulty.at(
              "/mail",
              "mail_taken",
              "who has this mail address is a member already, or is somebody else by now",
              "enter another mail address");
    }
    if (outcome instanceof Outcome.Done<Joined>) {
      firstOwner.afterwards();
    }
    return outcome;
  }

  private Outcome<Joined> redeem(
      Writer writer, String text, String name, Arrivals.Arrival arrival, Browser browser) {
    Optional<SetupCode> code = redeeming.find(writer, text);
    Optional<Organization> organization =
        code.flatMap(found ->
            redeeming.organization(
                writer,
                found,
                new FirstOwner.Named(slug(name), name),
                Optional.of(browser.requestId()),
                Optional.of(browser.address())));
    if (organization.isEmpty()) {
      return new Outcome.Refused<>(NONE);
    }
    Optional<Person> person = arrival.person(writer);
    if (person.isEmpty()
        || writer.people().member(organization.get().id(), person.get().id()).isPresent()) {
      throw new Undone();
    }
    Member member =
        new Member(
            MemberId.generate(random),
            organization.get().id(),
            person.get().id(),
            Role.OWNER,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            Redeeming.actor(code.get()),
            1);
    writer.people().insertMember(member);
    writer.removeSetupCode(code.get());
    writer.audit(
        AuditChain.of(organization.get().id()),
        new AuditEvent.Act(
            "member.joined",
            Redeeming.actor(code.get()),
            new AuditEvent.Target("member", member.id().text()),
            Optional.of(browser.requestId()),
            List.of(new AuditEvent.Change("role", null, member.role().code()))),
        Optional.of(browser.address()));
    return new Outcome.Done<>(
        new Joined(arrival.begin(writer, person.get(), browser), organization.get()));
  }

  /** Makes a short name of a name: Acme Europe is acme-europe. */
  static Slug slug(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[0-9-]+", "");
    String cut = plain.substring(0, Math.min(plain.length(), SLUG_LENGTH));
    return Slug.parse(cut.replaceAll("-+$", "")).orElse(SLUG_USUAL);
  }

  /** Rolls a transaction back in which an organization was made and its owner was not. */
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undone() {
      super("the owner was not made", null, false, false);
    }
  }
}
