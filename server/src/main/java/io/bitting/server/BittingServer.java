package io.bitting.server;

import io.bitting.access.Follower;
import io.bitting.access.Guard;
import io.bitting.access.KeyIndex;
import io.bitting.access.LocalAuthorizer;
import io.bitting.id.ApiId;
import io.bitting.issue.Issuing;
import io.bitting.organization.Organization;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ForgetFirstAnswers;
import io.bitting.server.acting.Quotas;
import io.bitting.server.apis.ApiPages;
import io.bitting.server.apis.ListApis;
import io.bitting.server.apis.ListOperations;
import io.bitting.server.apis.PutApi;
import io.bitting.server.apis.PutCatalog;
import io.bitting.server.apis.PutOperations;
import io.bitting.server.apis.ShowApi;
import io.bitting.server.apis.ShowApiPage;
import io.bitting.server.apis.ShowCatalog;
import io.bitting.server.apis.ShowCoverage;
import io.bitting.server.apis.ShowPublishedPage;
import io.bitting.server.audit.CreateAuditCheckpoint;
import io.bitting.server.audit.CutChains;
import io.bitting.server.audit.EraseAuditSources;
import io.bitting.server.audit.ExportAudit;
import io.bitting.server.audit.ListAuditEvents;
import io.bitting.server.audit.ListSigningKeys;
import io.bitting.server.audit.SignCheckpoints;
import io.bitting.server.audit.SigningKeys;
import io.bitting.server.checks.CheckWatcher;
import io.bitting.server.checks.Verify;
import io.bitting.server.checks.VerifyBatch;
import io.bitting.server.checks.Whoami;
import io.bitting.server.console.Console;
import io.bitting.server.docs.ErrorPages;
import io.bitting.server.docs.ListErrors;
import io.bitting.server.docs.OpenApiDocument;
import io.bitting.server.docs.ShowError;
import io.bitting.server.docs.ShowErrorStyle;
import io.bitting.server.docs.ShowOpenApi;
import io.bitting.server.gateway.AuthorizeForEnvoy;
import io.bitting.server.gateway.AuthorizeForNginx;
import io.bitting.server.gateway.AuthorizeForwarded;
import io.bitting.server.gateway.EnvoyListener;
import io.bitting.server.gateway.GatewayCheck;
import io.bitting.server.http.AdminEdge;
import io.bitting.server.http.AnswerForm;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.FailureBudget;
import io.bitting.server.http.Gate;
import io.bitting.server.http.HttpEdge;
import io.bitting.server.http.OwnChecks;
import io.bitting.server.http.Route;
import io.bitting.server.http.Routes;
import io.bitting.server.keys.ChangeKeyState;
import io.bitting.server.keys.CreateKey;
import io.bitting.server.keys.EditKey;
import io.bitting.server.keys.EndOverlap;
import io.bitting.server.keys.EndQuietSecrets;
import io.bitting.server.keys.EndReplacedKeys;
import io.bitting.server.keys.LastUses;
import io.bitting.server.keys.ListKeys;
import io.bitting.server.keys.RecordExposures;
import io.bitting.server.keys.ReplaceKey;
import io.bitting.server.keys.RevokeKey;
import io.bitting.server.keys.RevokeMatchingKeys;
import io.bitting.server.keys.RotateKey;
import io.bitting.server.keys.ShowKey;
import io.bitting.server.keys.WarnOfExpiry;
import io.bitting.server.mail.Outbox;
import io.bitting.server.members.CreateInvitation;
import io.bitting.server.members.EditMember;
import io.bitting.server.members.InvitationCodes;
import io.bitting.server.members.ListInvitations;
import io.bitting.server.members.ListMembers;
import io.bitting.server.members.Postage;
import io.bitting.server.members.RemoveMember;
import io.bitting.server.members.ShowMember;
import io.bitting.server.members.ShowMfa;
import io.bitting.server.members.WithdrawInvitation;
import io.bitting.server.operations.Following;
import io.bitting.server.operations.Meters;
import io.bitting.server.organizations.CreateOrganization;
import io.bitting.server.organizations.CreateSetupCode;
import io.bitting.server.organizations.EditOrganization;
import io.bitting.server.organizations.ListOrganizations;
import io.bitting.server.organizations.SetUp;
import io.bitting.server.organizations.ShowOrganization;
import io.bitting.server.organizations.SuspendOrganization;
import io.bitting.server.review.DecideReview;
import io.bitting.server.review.RemoveDeadKeys;
import io.bitting.server.review.Reviewing;
import io.bitting.server.review.RevokeUnusedKeys;
import io.bitting.server.review.ShowReview;
import io.bitting.server.review.ShowRightSize;
import io.bitting.server.review.ShowWhatIf;
import io.bitting.server.setup.BuiltInApi;
import io.bitting.server.setup.FirstOwner;
import io.bitting.server.setup.FirstPerson;
import io.bitting.server.setup.SetupCodes;
import io.bitting.server.signin.Door;
import io.bitting.server.upkeep.Upkeep;
import io.bitting.server.usage.LedgerFlush;
import io.bitting.server.usage.LedgerUpkeep;
import io.bitting.server.usage.ListChecks;
import io.bitting.server.usage.RecentChecks;
import io.bitting.server.usage.Recording;
import io.bitting.server.usage.ShowKeyUsage;
import io.bitting.server.usage.Unrecorded;
import io.bitting.store.Nodes;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import io.bitting.usage.UsageCounter;
import io.bitting.usage.UsageLedger;
import io.bitting.usage.UsageReader;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A running server. The whole wiring is in this file, top to bottom.
 *
 * <p>Thread-safe.
 */
public final class BittingServer implements AutoCloseable {
  private final DataFolder.Lock lock;
  private final OpenStorage storage;
  private final Follower follower;
  private final LocalAuthorizer authorizer;
  private final RecordExposures exposures;
  private final Reviewing reviewing;
  private final LedgerFlush flush;
  private final FirstOwner firstOwner;
  private final Outbox outbox;
  private final Vertx vertx;
  private final List<Endpoint> endpoints;
  private final List<Route> pages;
  private final Upkeep upkeep;
  private final HttpEdge edge;
  private final AdminEdge admin;
  private final Optional<EnvoyListener> grpc;
  private final int port;

  /**
   * Something else that is served below a path, and guards itself.
   *
   * @param path where, without a slash at its end
   * @param handler makes what takes the requests
   */
  public record Mount(String path, Mounted handler) {}

  /** Makes what takes the requests of a mount. */
  @FunctionalInterface
  public interface Mounted {
    /**
     * Makes it.
     *
     * @param vertx the event loops
     * @param authorizer decides
     * @param base the address that callers know, without a slash at its end
     */
    Handler<HttpServerRequest> handler(Vertx vertx, LocalAuthorizer authorizer, String base);
  }

  /**
   * Starts a server.
   *
   * @param settings how it runs
   * @throws StartRefusedException if it cannot run so; nothing listens then
   */
  public static BittingServer start(ServerSettings settings) {
    return start(settings, List.of(), Clock.systemUTC());
  }

  /**
   * Starts a server with something else beside it.
   *
   * @param settings how it runs
   * @param mounts what else is served
   * @param clock tells the time
   * @throws StartRefusedException if it cannot run so; nothing listens then
   */
  public static BittingServer start(ServerSettings settings, List<Mount> mounts, Clock clock) {
    return start(settings, mounts, clock, Optional.empty(), Quotas.ofDefaults(System::nanoTime));
  }

  /**
   * Starts a server whose organizations may make as much as told; its reviews go by another record
   * of use than its own, if one is given.
   */
  static BittingServer start(
      ServerSettings settings,
      List<Mount> mounts,
      Clock clock,
      Optional<UsageReader> reviewed,
      Quotas quotas) {
    return new BittingServer(settings, mounts, clock, new SecureRandom(), reviewed, quotas);
  }

  private BittingServer(
      ServerSettings settings,
      List<Mount> mounts,
      Clock clock,
      SecureRandom random,
      Optional<UsageReader> reviewed,
      Quotas quotas) {
    refuseOneAddressForBoth(settings);
    // What a check needs.
    KeyIndex index = new KeyIndex();
    Meters meters = new Meters(index);
    lock = DataFolder.lock(settings.database());
    storage = open(settings, clock, random, meters);
    Store store = storage.storage().store();
    Nodes nodes = storage.storage().nodes();
    follower =
        new Follower(
            storage.storage().changes(),
            index,
            Follower.Timing.ofDefaults(),
            new Following(meters, nodes));
    try {
      BuiltInApi.ensure(store, clock);
      SigningKeys.ensure(store, random);
      follower.start();
    } catch (StoreException e) {
      storage.close();
      lock.close();
      throw OpenStorage.refusal(settings.database(), e);
    }
    authorizer = new LocalAuthorizer(index, clock, settings.maxStale());

    exposures = new RecordExposures(authorizer, store, clock);
    FailureBudget failures = new FailureBudget(System::nanoTime, random.nextLong());
    // What was counted, and where it goes.
    UsageLedger usage = storage.storage().usage();
    UsageCounter counter = new UsageCounter();
    RecentChecks recent = new RecentChecks(clock);
    Recording recording = new Recording(clock, meters, counter, recent);
    CheckWatcher checks = settings.usageEvery().isPresent() ? recording : new Unrecorded(meters);
    OwnChecks ownChecks =
        settings.usageEvery().isPresent() ? recording : (decision, route, origin) -> {};
    LastUses lastUses = new LastUses(usage);
    UsageReader judged = reviewed.orElse(usage);
    reviewing = new Reviewing(store, judged, clock);
    flush = new LedgerFlush(counter, usage, clock, meters::usageLost);
    // For those who are told nothing of where a request came from.
    LocalAuthorizer watched = new LocalAuthorizer(index, clock, settings.maxStale(), recording);
    GatewayCheck gatewayCheck =
        new GatewayCheck(authorizer, checks, exposures, failures, this::baseUrl);

    // What a change needs.
    Issuing issuing = new Issuing(clock, random);
    SetupCodes codes = new SetupCodes(clock, random);
    firstOwner = new FirstOwner(store, issuing, codes, clock, random);
    Guard guard = new Guard(authorizer, ApiId.BITTING);
    Acting acting = new Acting(store, follower, index, nodes, guard, clock);

    outbox = Outbox.of(settings.mail(), clock);

    ApiPages apiPages = new ApiPages(authorizer);
    ErrorPages errorPages = new ErrorPages();
    endpoints =
        List.of(
            new Verify(authorizer, checks),
            new VerifyBatch(authorizer, checks),
            new Whoami(acting, lastUses, clock),
            new AuthorizeForwarded(gatewayCheck),
            new AuthorizeForNginx(gatewayCheck),
            new AuthorizeForEnvoy(gatewayCheck),
            new CreateKey(acting, issuing, quotas.keys(), clock),
            new ListKeys(acting, usage, clock),
            new ShowKey(acting, lastUses, clock),
            new ShowKeyUsage(acting, usage, clock),
            new EditKey(acting, lastUses, clock),
            ChangeKeyState.disable(acting, lastUses, clock),
            ChangeKeyState.enable(acting, lastUses, clock),
            new RotateKey(acting, issuing, quotas.keys(), lastUses, clock),
            new EndOverlap(acting, lastUses, clock),
            new ReplaceKey(acting, issuing, quotas.keys(), lastUses, clock),
            RevokeKey.ofPath(acting, lastUses, clock),
            RevokeKey.revokeOwn(acting, lastUses, clock),
            new RevokeMatchingKeys(acting, usage, clock),
            new ShowRightSize(acting, judged, clock),
            new ShowWhatIf(acting, judged, clock),
            new ShowReview(acting, reviewing, clock),
            new DecideReview(acting, judged, clock),
            new ListOrganizations(acting),
            new CreateOrganization(acting, codes, clock, random),
            new ShowOrganization(acting, authorizer),
            new EditOrganization(acting, clock),
            SuspendOrganization.suspend(acting),
            SuspendOrganization.resume(acting),
            new CreateSetupCode(acting, codes, clock),
            new ListMembers(acting),
            new ShowMember(acting),
            new EditMember(acting),
            new RemoveMember(acting, clock),
            new ShowMfa(acting, clock),
            new ListInvitations(acting, clock),
            new CreateInvitation(
                acting,
                new InvitationCodes(clock, random),
                quotas.invitations(),
                new Postage(outbox, System::nanoTime),
                this::baseUrl,
                clock),
            new WithdrawInvitation(acting, clock),
            new ListApis(acting),
            new ShowApi(acting),
            new PutApi(acting, clock),
            new ShowCatalog(acting),
            new PutCatalog(acting, clock),
            new ListOperations(acting),
            new PutOperations(acting, clock),
            new ShowCoverage(acting),
            new ShowApiPage(apiPages),
            new ShowPublishedPage(apiPages),
            new ListChecks(acting, recent),
            ListAuditEvents.ofOrganization(acting, clock),
            ListAuditEvents.listInstallation(acting, clock),
            CreateAuditCheckpoint.ofOrganization(acting),
            CreateAuditCheckpoint.createInstallation(acting),
            ExportAudit.ofOrganization(acting, clock),
            ExportAudit.exportInstallation(acting, clock),
            new ListSigningKeys(acting),
            new EraseAuditSources(acting),
            new SetUp(firstOwner, follower),
            new ShowOpenApi(new OpenApiDocument()),
            new ListErrors(errorPages),
            new ShowErrorStyle(errorPages),
            new ShowError(errorPages));

    Door door = Door.of(store, storage.keyset(), this::baseUrl, clock, System::nanoTime, random);
    List<Endpoint> screens =
        Console.endpoints(
            store,
            endpoints,
            this::baseUrl,
            clock,
            door,
            new FirstPerson(store, firstOwner, door.arrivals(), clock, random));

    pages = screens.stream().map(Endpoint::route).toList();

    // What is done without being asked for.
    upkeep =
        new Upkeep(
            Stream.concat(
                    door.chores().stream(),
                    Stream.of(
                        new EndReplacedKeys(store),
                        new EndQuietSecrets(store, usage),
                        new WarnOfExpiry(store, usage),
                        new RevokeUnusedKeys(store, judged),
                        new RemoveDeadKeys(store),
                        new SignCheckpoints(store),
                        new CutChains(store, Organization::policy),
                        new LedgerUpkeep(usage, store),
                        new ForgetFirstAnswers(store)))
                .toList(),
            clock);

    try {
      flush.start(settings.usageEvery().orElse(ServerSettings.USAGE_EVERY));
    } catch (StoreException e) {
      reviewing.close();
      exposures.close();
      follower.close();
      storage.close();
      lock.close();
      throw OpenStorage.refusal(settings.database(), e);
    }

    // What listens.
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors())));
    try {
      edge =
          new HttpEdge(
              vertx,
              settings.edge(),
              new Routes(Stream.concat(endpoints.stream(), screens.stream()).toList()),
              new Gate(authorizer, ownChecks),
              meters,
              exposures,
              failures);
      port = edge.listen();
      for (Mount mount : mounts) {
        edge.mount(mount.path(), mount.handler().handler(vertx, watched, edge.baseUrl()));
      }
      admin =
          new AdminEdge(
              vertx,
              settings.admin().host(),
              settings.admin().port(),
              () -> readiness(index, settings),
              meters::scrape);
      grpc =
          settings
              .grpc()
              .map(address ->
                  new EnvoyListener(
                      address.host(),
                      address.port(),
                      settings.edge().tls(),
                      new Guard(watched, ApiId.BITTING),
                      gatewayCheck,
                      new AnswerForm(edge::baseUrl),
                      meters));
      upkeep.start();
    } catch (RuntimeException e) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
      upkeep.close();
      reviewing.close();
      outbox.close();
      flush.close();
      exposures.close();
      follower.close();
      storage.close();
      lock.close();
      throw new StartRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Two listeners on one port would take turns at answering. */
  private static void refuseOneAddressForBoth(ServerSettings settings) {
    int port = settings.edge().port();
    if (port != 0 && port == settings.admin().port()) {
      throw new StartRefusedException(
          "callers and operators are to be answered on the same port, "
              + port
              + "; give --admin-listen another");
    }
  }

  private static AdminEdge.Readiness readiness(KeyIndex index, ServerSettings settings) {
    boolean current = index.age().compareTo(settings.maxStale()) <= 0;
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("ready", index.isLoaded() && current);
    detail.put("keys", index.size());
    detail.put("as_of", index.position().text());
    detail.put("age_ms", index.age().toMillis());
    return new AdminEdge.Readiness(index.isLoaded() && current, detail);
  }

  /** Returns the address that callers know, without a slash at its end. */
  public String baseUrl() {
    return edge.baseUrl();
  }

  /** Returns where its operations are and what they ask of callers. */
  List<Route> routes() {
    return endpoints.stream().map(Endpoint::route).toList();
  }

  /** Returns its operations. */
  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Returns where the console's pages are, and where their forms are sent. */
  List<Route> pages() {
    return pages;
  }

  /** Returns what it keeps everything in. */
  Store store() {
    return storage.storage().store();
  }

  /** Returns what it does without being asked for. */
  Upkeep upkeep() {
    return upkeep;
  }

  /** Returns the port for callers. */
  public int port() {
    return port;
  }

  /** Returns the port for those who run the server. */
  public int adminPort() {
    return admin.port();
  }

  /** Returns the port for Envoy over gRPC, if there is one. */
  public Optional<Integer> grpcPort() {
    return grpc.map(EnvoyListener::port);
  }

  /**
   * Carries what was counted so far into the usage ledger, which the server does by itself from
   * time to time.
   *
   * @throws StoreException if the ledger does not answer; what was counted waits
   */
  public void flushUsage() {
    flush.flush();
  }

  /** Returns what decides in this process. */
  public LocalAuthorizer authorizer() {
    return authorizer;
  }

  /**
   * Makes a setup code if there is no owner yet. To be shown once, on a terminal or in a file that
   * only its owner can read.
   */
  public Optional<SetupCodes.Fresh> setupCodeIfNone() {
    return firstOwner.codeIfNone();
  }

  /**
   * Makes a setup code if the operator organization has keys and no members. To be shown once, as
   * {@link #setupCodeIfNone}.
   */
  public Optional<SetupCodes.Fresh> setupCodeIfNobody() {
    return firstOwner.codeIfNobody();
  }

  /**
   * Has something done after each setup code that was redeemed at this server, as taking away what
   * showed it.
   *
   * @param deed runs in the thread of the request; does not throw
   */
  public void whenSetUp(Runnable deed) {
    firstOwner.whenRedeemed(deed);
  }

  /** Stops listening, following and storing, in that order. */
  @Override
  public void close() {
    grpc.ifPresent(EnvoyListener::close);
    edge.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    upkeep.close();
    reviewing.close();
    outbox.close();
    flush.close();
    exposures.close();
    follower.close();
    leave();
    storage.close();
    lock.close();
  }

  private OpenStorage open(
      ServerSettings settings, Clock clock, SecureRandom random, Meters meters) {
    try {
      return OpenStorage.open(settings.database(), settings.pepperFile(), clock, random, meters);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void leave() {
    try {
      storage.storage().nodes().leave();
    } catch (StoreException e) {
      // The others wait for this node three seconds longer, and no more.
    }
  }
}
