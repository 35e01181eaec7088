package io.bitting.server.signin;

import io.bitting.member.Factor;
import io.bitting.member.Person;
import io.bitting.member.RecoveryCode;
import io.bitting.store.Writer;
import java.util.List;
import java.util.Optional;

/**
 * What follows when a factor was enrolled, whichever: the person has a second factor from now on,
 * gets recovery codes if there are none, and has proved the factor. Thread-safe.
 */
public final class Enrolment {
  private final RecoveryCodes codes;
  private final Beginning beginning;

  /**
   * Makes it.
   *
   * @param codes makes recovery codes
   * @param beginning gives new cookies
   */
  public Enrolment(RecoveryCodes codes, Beginning beginning) {
    this.codes = codes;
    this.beginning = beginning;
  }

  Enrolled complete(Writer writer, Present present, Factor factor, Browser browser) {
    Person person = present.person();
    Person enrolled = person.hasMfa() ? person : person.withMfa(Optional.of(present.now()));
    if (!person.hasMfa()) {
      writer.people().updatePerson(enrolled);
    }
    List<String> shown =
        writer.credentials().recoveryCodes(person.id()).isEmpty()
            ? renew(writer, present)
            : List.of();
    PersonEvents.tell(
        writer,
        person.id(),
        browser,
        "person.mfa_enrolled",
        List.of(PersonEvents.change("factor", factor.code())));
    return new Enrolled(
        beginning.renew(writer, enrolled, present.signIn().proving(factor, present.now())), shown);
  }

  /** Makes recovery codes in place of those before; returns what is shown once. */
  List<String> renew(Writer writer, Present present) {
    List<RecoveryCodes.Fresh> fresh = codes.generate();
    writer
        .credentials()
        .putRecoveryCodes(
            present.person().id(),
            fresh.stream()
                .map(code -> new RecoveryCode(present.person().id(), code.digest(), present.now()))
                .toList());
    return fresh.stream().map(RecoveryCodes.Fresh::text).toList();
  }
}
