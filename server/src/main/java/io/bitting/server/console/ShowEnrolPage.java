package io.bitting.server.console;

import io.bitting.organization.Organization;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.EnrolApp;
import io.bitting.server.signin.Enrolled;
import io.bitting.server.signin.Outcome;
import io.bitting.server.signin.QrPicture;
import io.bitting.server.signin.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The form that enrols a second factor. */
final class ShowEnrolPage extends DoorScreen {
  ShowEnrolPage(Doorstep step) {
    super(step, Route.page("showEnrolPage", "/account/factors/new"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    Optional<Visits.Known> known = step.known(call);
    return known.isEmpty()
        ? Desk.on("/sign-in?to=/account/factors/new")
        : show(step, known.get(), Faults.NONE, 200);
  }

  /** Shows the form, or sends the person to prove first what there is. */
  static Answer show(Doorstep step, Visits.Known known, Faults faults, int status) {
    return switch (step.door().enrolApp().offer(known.cookie())) {
      case Outcome.Done<EnrolApp.Seed> seed ->
          step.desk().page(known.cookie(), page(step, known, seed.result(), faults), status);
      case Outcome.NotFresh<EnrolApp.Seed> _ -> Doorstep.proveFirst("/account/factors/new");
      case Outcome.No<EnrolApp.Seed> _ -> Desk.on("/sign-in/second-factor?to=/account/factors/new");
    };
  }

  private static EnrolPage page(
      Doorstep step, Visits.Known known, EnrolApp.Seed seed, Faults faults) {
    return new EnrolPage(
        QrPicture.svg(seed.uri(), "Square code for an authenticator app"),
        seed.text().replaceAll("(.{4})(?=.)", "$1 "),
        known.person().hasMfa() ? null : required(step, known),
        elsewhere(step, known),
        step.door().enrolPasskey().options(known.cookie()).orElse(""),
        faults);
  }

  /** Says why somebody without a second factor is to have one, and who asks for it. */
  private static String required(Doorstep step, Visits.Known known) {
    Instant now = step.desk().now();
    List<String> asking =
        step.desk().visits().organizations(known.person()).stream()
            .filter(each -> each.requiresMfa(now))
            .map(Organization::name)
            .toList();
    return "Without a second factor, whoever learns your password can do everything that you can. "
        + (asking.isEmpty()
            ? "Until you have one you may be refused everything else."
            : "Until you have one, there is nothing else to do in "
                + String.join(", ", asking)
                + ".");
  }

  /** Lists where somebody without a second factor can work who cannot everywhere. */
  private static List<Frame.Other> elsewhere(Doorstep step, Visits.Known known) {
    if (Standing.of(known.person(), known.signIn()) != Standing.WHOLE || known.person().hasMfa()) {
      return List.of();
    }
    Instant now = step.desk().now();
    List<Organization> all = step.desk().visits().organizations(known.person());
    List<Organization> free = all.stream().filter(each -> !each.requiresMfa(now)).toList();
    return free.size() == all.size()
        ? List.of()
        : free.stream().map(each -> new Frame.Other(each.slug().text(), each.name())).toList();
  }

  /** Goes on after a factor was enrolled: shows the recovery codes, if there are new ones. */
  static Answer enrolled(Doorstep step, Enrolled enrolled) {
    Answer answer =
        enrolled.codes().isEmpty()
            ? Desk.on("/account", "The second factor is enrolled.")
            : step.desk().page(enrolled.begun().cookie(), new CodesPage(enrolled.codes()), 200);
    return step.signedIn(answer, enrolled.begun());
  }
}
