package io.bitting.server.console;

import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.MfaAnswer;
import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.PolicyAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An organization's name, policies, and second factor. */
final class ShowSettingsPage extends Screen {
  ShowSettingsPage(Desk desk) {
    super(desk, Route.page("showSettingsPage", "/settings"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.show(
        call, visitor -> desk.page(call, visitor, page(desk, visitor, call, Faults.NONE)));
  }

  /**
   * Makes the page as things stand.
   *
   * @param faults what is wrong with what was sent
   */
  static SettingsPage page(Desk desk, Visitor visitor, Call call, Faults faults) {
    OrganizationAnswer organization = organization(desk, visitor, call);
    return new SettingsPage(
        organization,
        organization.name(),
        form(organization),
        null,
        factor(desk, visitor, call),
        faults);
  }

  /**
   * Makes the page with a name as it was sent.
   *
   * @param name the name
   * @param faults what is wrong with it
   */
  static SettingsPage named(Desk desk, Visitor visitor, Call call, String name, Faults faults) {
    OrganizationAnswer organization = organization(desk, visitor, call);
    return new SettingsPage(
        organization, name, form(organization), null, factor(desk, visitor, call), faults);
  }

  /**
   * Makes the page with policies as they were sent.
   *
   * @param form the policies
   * @param preview whom they would hit; null if nobody asked
   * @param faults what is wrong with them
   */
  static SettingsPage with(
      Desk desk,
      Visitor visitor,
      Call call,
      SettingsPage.Form form,
      SettingsPage.@Nullable Preview preview,
      Faults faults) {
    OrganizationAnswer organization = organization(desk, visitor, call);
    return new SettingsPage(
        organization, organization.name(), form, preview, factor(desk, visitor, call), faults);
  }

  private static OrganizationAnswer organization(Desk desk, Visitor visitor, Call call) {
    return desk.ask(visitor, call, "showOrganization").send().read(OrganizationAnswer.class);
  }

  private static SettingsPage.Form form(OrganizationAnswer organization) {
    PolicyAnswer policy = organization.policy();
    return new SettingsPage.Form(
        text(policy.keyLifetimeMaxDays()),
        policy.neverAllowed(),
        organization.allScopesAllowed(),
        text(policy.revokeUnusedAfterDays()),
        text(policy.usageKeptDays()),
        text(policy.auditKeptDays()),
        text(policy.deadKeysKeptDays()));
  }

  private static String text(@Nullable Integer days) {
    return days == null ? "" : String.valueOf(days);
  }

  private static SettingsPage.Factor factor(Desk desk, Visitor visitor, Call call) {
    MfaAnswer mfa = desk.ask(visitor, call, "showMfa").send().read(MfaAnswer.class);
    List<MemberAnswer> without = mfa.lockedOut();
    return new SettingsPage.Factor(
        mfa.requiredFrom(),
        without.stream().map(MemberAnswer::name).toList(),
        mfa.more(),
        mfa.enrolFirst().stream().map(MemberAnswer::name).toList());
  }
}
