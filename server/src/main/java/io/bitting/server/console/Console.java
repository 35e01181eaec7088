package io.bitting.server.console;

import io.bitting.server.http.Endpoint;
import io.bitting.server.members.LeaveOrganization;
import io.bitting.server.setup.FirstPerson;
import io.bitting.server.signin.Door;
import io.bitting.store.Store;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All pages of the console. */
public final class Console {
  private Console() {}

  /**
   * Makes the pages and what their forms send.
   *
   * @param store where sign-ins are
   * @param api the endpoints of REST, which the pages ask
   * @param base the address that people know, without a slash at its end
   * @param clock tells the time
   * @param door signs people in
   * @param firstPerson redeems setup codes
   */
  public static List<Endpoint> endpoints(
      Store store,
      Collection<Endpoint> api,
      Supplier<String> base,
      Clock clock,
      Door door,
      FirstPerson firstPerson) {
    Desk desk = new Desk(new Visits(store, clock), new ConsoleApi(api, base), base, clock);
    return Stream.of(
            Stream.<Endpoint>of(new ShowAsset()),
            keys(desk),
            organization(desk),
            door(new Doorstep(desk, door, store), door, store, firstPerson))
        .flatMap(Function.identity())
        .toList();
  }

  /** Makes the pages of keys. */
  private static Stream<Endpoint> keys(Desk desk) {
    return Stream.of(
        new ShowKeysPage(desk),
        new ShowNewKeyPage(desk),
        new SubmitNewKey(desk),
        new ShowKeyPage(desk),
        new SubmitKeyEdit(desk),
        SubmitKeyForm.disable(desk),
        SubmitKeyForm.enable(desk),
        SubmitKeyForm.endOverlap(desk),
        new ShowRotatePage(desk),
        new SubmitRotation(desk),
        new ShowRevokePage(desk),
        new SubmitRevocation(desk));
  }

  /** Makes the pages of an organization besides its keys. */
  private static Stream<Endpoint> organization(Desk desk) {
    return Stream.of(
        new ShowReviewPage(desk),
        new DownloadReview(desk),
        new SubmitDecision(desk),
        new SubmitRevocations(desk),
        new ShowCatalogsPage(desk),
        new ShowCatalogPage(desk),
        new ShowOperationsPage(desk),
        new ShowOperationPage(desk),
        new ShowImportPage(desk),
        new SubmitImport(desk),
        new ShowAuditPage(desk),
        new DownloadAudit(desk),
        new SubmitVerification(desk),
        new ShowMembersPage(desk),
        new SubmitInvitation(desk),
        new SubmitWithdrawal(desk),
        new ShowMemberPage(desk),
        new SubmitRole(desk),
        new SubmitRemoval(desk),
        new ShowSettingsPage(desk),
        new SubmitName(desk),
        new SubmitSecondFactor(desk),
        new SubmitPolicies(desk));
  }

  /** Makes the pages before and besides the work on an organization. */
  private static Stream<Endpoint> door(
      Doorstep step, Door door, Store store, FirstPerson firstPerson) {
    return Stream.of(
        new ShowSignInPage(step),
        new TakeSignIn(step),
        new TakePasskeySignIn(step),
        new ShowSecondFactorPage(step),
        new TakeSecondFactor(step),
        new TakeSecondPasskey(step),
        new TakeRecoveryCode(step),
        new TakeSignOut(step),
        new ShowEnrolPage(step),
        new TakeApp(step),
        new TakePasskey(step),
        new ShowAccountPage(step),
        new RemoveApp(step),
        new RemovePasskey(step),
        new RenewCodes(step),
        new TakePassword(step),
        new EndSignIn(step),
        new EndOtherSignIns(step),
        new SwitchOrganization(step),
        new TakeLeave(step, new LeaveOrganization(store, door.beginning())),
        new ShowSetupPage(step, firstPerson),
        new TakeSetup(step, firstPerson),
        new ShowJoinPage(step),
        new TakeJoinCode(step),
        new TakeJoin(step));
  }
}
