package io.bitting.server.signin;

import io.bitting.id.DisplayName;
import io.bitting.id.PersonId;
import io.bitting.issue.Fault;
import io.bitting.member.MailAddress;
import io.bitting.member.Password;
import io.bitting.member.Person;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes somebody who comes with a code a person, or finds the person who has that mail address
 * already: by the password in either case. For whoever has checked the code.
 *
 * <p><b>Security guarantees.</b> Whoever has the address already is only let in by the password, as
 * in {@link PasswordCheck}. A new person may choose a password that is too short to be the only
 * factor, and does nothing then but enrol another.
 *
 * <p>Thread-safe. Blocks.
 */
public final class Arrivals {
  private static final Duration BUSY = Duration.ofSeconds(5);

  private final Store store;
  private final PasswordCheck check;
  private final PasswordRule rule;
  private final Passwords passwords;
  private final Beginning beginning;
  private final SecureRandom random;

  /**
   * Makes it.
   *
   * @param store keeps persons
   * @param check checks the passwords of those who are known
   * @param rule judges those of new ones
   * @param passwords hashes them
   * @param beginning begins sign-ins
   * @param random gives ids
   */
  public Arrivals(
      Store store,
      PasswordCheck check,
      PasswordRule rule,
      Passwords passwords,
      Beginning beginning,
      SecureRandom random) {
    this.store = store;
    this.check = check;
    this.rule = rule;
    this.passwords = passwords;
    this.beginning = beginning;
    this.random = random;
  }

  /**
   * Who comes. {@code toString} does not show the password.
   *
   * @param mail the mail address
   * @param name the name, for who is new
   * @param password a new one, or that of the person who has the address
   * @param organization the name of the organization that is joined, which is no part of a password
   */
  public record Newcomer(MailAddress mail, String name, String password, String organization) {
    @Override
    public String toString() {
      return "Newcomer";
    }
  }

  /** Somebody who may come in, until the transaction says that things are otherwise by now. */
  public final class Arrival {
    private final Newcomer newcomer;
    private final Optional<PasswordCheck.Right> known;
    private final String phc;

    private Arrival(Newcomer newcomer, Optional<PasswordCheck.Right> known, String phc) {
      this.newcomer = newcomer;
      this.known = known;
      this.phc = phc;
    }

    /**
     * Returns the person, locked or new; to be asked for before anything is written.
     *
     * @param writer the transaction
     * @return empty if the address is somebody's by now, or the password another
     */
    public Optional<Person> person(Writer writer) {
      if (known.isPresent()) {
        return known.get().holds(writer);
      }
      if (writer.people().person(newcomer.mail()).isPresent()) {
        return Optional.empty();
      }
      Person person =
          new Person(
              PersonId.generate(random),
              newcomer.mail(),
              DisplayName.normalize(newcomer.name()),
              null,
              false,
              beginning.now(),
              1);
      writer.people().insertPerson(person);
      writer.credentials().putPassword(new Password(person.id(), phc, beginning.now()));
      return Optional.of(person);
    }

    /**
     * Signs the person in, once it is a member, so that the organization is told.
     *
     * @param writer the transaction
     * @param person as {@link #person} returned it
     * @param browser who asks
     */
    public Begun begin(Writer writer, Person person, Browser browser) {
      known.ifPresent(right -> right.keepRehashed(writer));
      return beginning.begin(
          writer, person, SignInByPassword.proved(person, newcomer.password()), browser);
    }

    @Override
    public String toString() {
      return "Arrival";
    }
  }

  /**
   * Tells whether a mail address is somebody's.
   *
   * @param reader the transaction
   * @param mail the address
   */
  public static boolean isKnown(Reader reader, MailAddress mail) {
    return reader.people().person(mail).isPresent();
  }

  /**
   * Checks who comes. Computes a hash, so to be called outside of transactions, and for who has a
   * code only.
   *
   * @param newcomer who comes
   * @param browser who asks
   */
  public Outcome<Arrival> check(Newcomer newcomer, Browser browser) {
    return store.<Boolean>read(reader -> isKnown(reader, newcomer.mail()))
        ? known(newcomer, browser)
        : fresh(newcomer);
  }

  /**
   * Says what is wrong with the name and the password of somebody who is new.
   *
   * @param mail the mail address, well-formed or not
   * @param name the name
   * @param password the password
   * @param organization the name of the organization that is joined
   */
  public List<Fault> faults(String mail, String name, String password, String organization) {
    List<Fault> faults = new ArrayList<>(nameFaults(name));
    faults.addAll(
        rule.faults(
            "/password",
            new PasswordRule.Candidate(password, true, List.of(name, mail, organization))));
    return faults;
  }

  private Outcome<Arrival> known(Newcomer newcomer, Browser browser) {
    return switch (check.check(newcomer.mail().text(), newcomer.password(), browser)) {
      case Outcome.Done<PasswordCheck.Right> right ->
          new Outcome.Done<>(new Arrival(newcomer, Optional.of(right.result()), ""));
      case Outcome.Refused<PasswordCheck.Right> _ ->
          Outcome.Faulty.at(
              "/password",
              "password_wrong",
              "this is not the password of who has the address",
              "enter the password that you sign in with");
      case Outcome.No<PasswordCheck.Right> no -> no.of();
    };
  }

  private Outcome<Arrival> fresh(Newcomer newcomer) {
    List<Fault> faults =
        faults(
            newcomer.mail().text(), newcomer.name(), newcomer.password(), newcomer.organization());
    if (!faults.isEmpty()) {
      return new Outcome.Faulty<>(faults);
    }
    Optional<String> phc = passwords.hash(newcomer.password());
    return phc.isEmpty()
        ? new Outcome.Later<>(BUSY)
        : new Outcome.Done<>(new Arrival(newcomer, Optional.empty(), phc.get()));
  }

  private static List<Fault> nameFaults(String typed) {
    String name = DisplayName.normalize(typed);
    if (name.isEmpty()) {
      return List.of(
          new Fault(
              "/name", "name_missing", "name is empty; a person has a name", "enter your name"));
    }
    return DisplayName.fault("name", name, DisplayName.LENGTH_MAX).stream()
        .map(message -> new Fault("/name", "name_invalid", message, "choose another name"))
        .toList();
  }
}
