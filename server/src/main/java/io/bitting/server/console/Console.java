package io.bitting.server.console;

import io.bitting.server.http.Endpoint;
import io.bitting.store.Store;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

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
   */
  public static List<Endpoint> endpoints(
      Store store, Collection<Endpoint> api, Supplier<String> base, Clock clock) {
    Desk desk = new Desk(new Visits(store, clock), new ConsoleApi(api, base), base, clock);
    return List.of(
        new ShowAsset(),
        new ShowKeysPage(desk),
        new ShowReviewPage(desk),
        new DownloadReview(desk),
        new SubmitDecision(desk),
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
}
