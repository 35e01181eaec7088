package io.bitting.client;

import io.bitting.client.Transport.Request;
import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.ApiForm;
import io.bitting.client.protocol.AuditCheckpointAnswer;
import io.bitting.client.protocol.AuditEventAnswer;
import io.bitting.client.protocol.Batch;
import io.bitting.client.protocol.BatchAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.CatalogChange;
import io.bitting.client.protocol.Check;
import io.bitting.client.protocol.ChecksAnswer;
import io.bitting.client.protocol.CoverageAnswer;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.DecidedKey;
import io.bitting.client.protocol.ErasureAnswer;
import io.bitting.client.protocol.ErasureRequest;
import io.bitting.client.protocol.GrantForm;
import io.bitting.client.protocol.InvitationAnswer;
import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyEdit;
import io.bitting.client.protocol.KeyUsageAnswer;
import io.bitting.client.protocol.MatchingRevocation;
import io.bitting.client.protocol.MatchingRevocationAnswer;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.MemberEdit;
import io.bitting.client.protocol.MfaAnswer;
import io.bitting.client.protocol.NewInvitation;
import io.bitting.client.protocol.NewInvitationAnswer;
import io.bitting.client.protocol.NewKey;
import io.bitting.client.protocol.NewOrganization;
import io.bitting.client.protocol.NewOrganizationAnswer;
import io.bitting.client.protocol.NewReviewDecision;
import io.bitting.client.protocol.OperationsChange;
import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.OrganizationEdit;
import io.bitting.client.protocol.Page;
import io.bitting.client.protocol.RemovedMember;
import io.bitting.client.protocol.ReplacedKey;
import io.bitting.client.protocol.ReplacementKey;
import io.bitting.client.protocol.ReplacementPlan;
import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.RevocationForm;
import io.bitting.client.protocol.RightSizeAnswer;
import io.bitting.client.protocol.Rotation;
import io.bitting.client.protocol.SetupAnswer;
import io.bitting.client.protocol.SetupCodeAnswer;
import io.bitting.client.protocol.SetupRequest;
import io.bitting.client.protocol.SigningKeyAnswer;
import io.bitting.client.protocol.VerifyAnswer;
import io.bitting.client.protocol.WhatIfAnswer;
import io.bitting.client.protocol.WhoamiAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks a Bitting server: one method for each endpoint. An {@code organization} is given by slug or
 * id.
 *
 * <p>Every method blocks until the whole answer is there, and throws {@link ClientException} if the
 * server cannot be asked, {@link IllegalStateException} if a token is needed and none can be sent.
 *
 * <p><b>Security guarantees.</b> The token goes to the base address and nowhere else: redirects are
 * not followed, and a plain {@code http} address is taken for this machine only. No exception and
 * no {@code toString} shows it.
 *
 * <p>Thread-safe. To be made once and kept, since it pools connections.
 */
public final class BittingClient {
  private final URI base;
  private final Transport transport;

  private BittingClient(Builder builder) {
    this.base = builder.base;
    boolean plain = "http".equalsIgnoreCase(base.getScheme());
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(builder.connectTimeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(plain ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2)
            .build();
    this.transport = new Transport(http, base, builder.token, builder.timeout);
  }

  /**
   * Begins a client.
   *
   * @param base the server's address, without {@code /v1}: {@code https://keys.example.com}
   * @throws IllegalArgumentException if it is not an http or https address, has a query or user, or
   *     is plain http to another machine
   */
  public static Builder builder(URI base) {
    return new Builder(base);
  }

  /** Collects what a client needs. Not thread-safe. */
  public static final class Builder {
    private final URI base;
    private Supplier<String> token = () -> "";
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration timeout = Duration.ofSeconds(30);

    private Builder(URI base) {
      this.base = BaseAddress.checked(base);
    }

    /**
     * Gives the token to send. Without one, only what needs none can be asked.
     *
     * @param source asked for each request, so that a token can be replaced while this runs
     */
    public Builder token(Supplier<String> source) {
      this.token = source;
      return this;
    }

    /**
     * Bounds the time for a connection to come about; 5 s unless said.
     *
     * @param duration more than zero
     */
    public Builder connectTimeout(Duration duration) {
      this.connectTimeout = duration;
      return this;
    }

    /**
     * Bounds the time from a request to the last byte of its answer; 30 s unless said.
     *
     * @param duration more than zero
     */
    public Builder timeout(Duration duration) {
      this.timeout = duration;
      return this;
    }

    /** Makes the client. */
    public BittingClient build() {
      return new BittingClient(this);
    }
  }

  /** Returns the server's address. */
  public URI base() {
    return base;
  }

  /**
   * Redeems a setup code, for the first key of an organization. Sends no token.
   *
   * @param request the code
   */
  public Outcome<SetupAnswer> setup(SetupRequest request) {
    return transport.send(
        Request.of("POST", Address.path("setup"), request).asAnonymous(), body(SetupAnswer.class));
  }

  /** Asks whose key this client's token is. */
  public Outcome<WhoamiAnswer> whoami() {
    return transport.send(Request.get(Address.path("whoami")), body(WhoamiAnswer.class));
  }

  /**
   * Lists organizations.
   *
   * @param after the cursor of the page before; empty for the first page
   */
  public Outcome<Page<OrganizationAnswer>> organizations(Optional<String> after) {
    String query = Address.query(after.map(cursor -> Map.of("cursor", cursor)).orElse(Map.of()));
    return transport.send(
        Request.get(Address.path("organizations") + query), page(OrganizationAnswer.class));
  }

  /**
   * Makes an organization. If the connection breaks, this is sent once more; if the organization
   * had been made already, its setup code {@linkplain
   * io.bitting.client.protocol.SecretText#isWithheld is withheld}.
   *
   * @param organization its names
   */
  public Outcome<NewOrganizationAnswer> createOrganization(NewOrganization organization) {
    return transport.send(
        Request.of("POST", Address.path("organizations"), organization).asNamed(),
        body(NewOrganizationAnswer.class));
  }

  /**
   * Asks for an organization.
   *
   * @param organization slug or id
   */
  public Outcome<OrganizationAnswer> organization(String organization) {
    return transport.send(
        Request.get(Address.path("organizations", organization)), body(OrganizationAnswer.class));
  }

  /**
   * Edits an organization.
   *
   * @param organization slug or id
   * @param edit what to change
   */
  public Outcome<OrganizationAnswer> editOrganization(String organization, OrganizationEdit edit) {
    return transport.send(
        Request.of("PATCH", Address.path("organizations", organization), edit),
        body(OrganizationAnswer.class));
  }

  /**
   * Suspends an organization: all its keys are refused until it is resumed.
   *
   * @param organization slug or id
   */
  public Outcome<OrganizationAnswer> suspendOrganization(String organization) {
    return transport.send(
        Request.of("POST", Address.path("organizations", organization, "suspend")),
        body(OrganizationAnswer.class));
  }

  /**
   * Resumes an organization.
   *
   * @param organization slug or id
   */
  public Outcome<OrganizationAnswer> resumeOrganization(String organization) {
    return transport.send(
        Request.of("POST", Address.path("organizations", organization, "resume")),
        body(OrganizationAnswer.class));
  }

  /**
   * Makes a new setup code for an organization that has no key yet. If the connection breaks, this
   * is sent once more; if the code had been made already, it {@linkplain
   * io.bitting.client.protocol.SecretText#isWithheld is withheld}.
   *
   * @param organization slug or id
   */
  public Outcome<SetupCodeAnswer> createSetupCode(String organization) {
    return transport.send(
        Request.of("POST", Address.path("organizations", organization, "setup-code")).asNamed(),
        body(SetupCodeAnswer.class));
  }

  /** Lists all APIs. */
  public Outcome<Page<ApiAnswer>> apis() {
    return transport.send(Request.get(Address.path("apis")), page(ApiAnswer.class));
  }

  /**
   * Asks for an API.
   *
   * @param api its id
   */
  public Outcome<ApiAnswer> api(String api) {
    return transport.send(Request.get(Address.path("apis", api)), body(ApiAnswer.class));
  }

  /**
   * Makes an API, or renames one.
   *
   * @param api its id
   * @param form name and prefix
   */
  public Outcome<ApiAnswer> putApi(String api, ApiForm form) {
    return transport.send(
        Request.of("PUT", Address.path("apis", api), form), body(ApiAnswer.class));
  }

  /**
   * Asks for the catalog of an API.
   *
   * @param api its id
   */
  public Outcome<CatalogAnswer> catalog(String api) {
    return transport.send(
        Request.get(Address.path("apis", api, "catalog")), body(CatalogAnswer.class));
  }

  /**
   * Asks what a catalog would change, and changes nothing.
   *
   * @param api its id
   * @param text the catalog
   */
  public Outcome<CatalogChange> tryCatalog(String api, CatalogText text) {
    return putCatalog(api, text, Map.of("dry_run", "true"));
  }

  /**
   * Gives an API a catalog.
   *
   * @param api its id
   * @param text the catalog
   * @param confirmation that of {@link #tryCatalog}, if there is one: says that the keys named
   *     there may gain
   */
  public Outcome<CatalogChange> putCatalog(
      String api, CatalogText text, Optional<String> confirmation) {
    return putCatalog(
        api, text, confirmation.map(given -> Map.of("confirm", given)).orElse(Map.of()));
  }

  private Outcome<CatalogChange> putCatalog(
      String api, CatalogText text, Map<String, String> query) {
    String path = Address.path("apis", api, "catalog") + Address.query(query);
    return transport.send(
        new Request("PUT", path, text.text(), text.form().mediaType(), false, false),
        body(CatalogChange.class));
  }

  /**
   * Finds out what an upload of an API's description would change; changes nothing.
   *
   * @param api the API's id
   * @param upload the description
   */
  public Outcome<OperationsChange> tryOperations(String api, OperationsUpload upload) {
    return putOperations(api, upload, Map.of("dry_run", "true"));
  }

  /**
   * Gives an API the operations of its description.
   *
   * @param api the API's id
   * @param upload the description
   * @param confirmation that of {@link #tryOperations}, if there is one: says that what is named
   *     there may need no key, and that the keys named there may call more
   */
  public Outcome<OperationsChange> putOperations(
      String api, OperationsUpload upload, Optional<String> confirmation) {
    return putOperations(
        api, upload, confirmation.map(given -> Map.of("confirm", given)).orElse(Map.of()));
  }

  private Outcome<OperationsChange> putOperations(
      String api, OperationsUpload upload, Map<String, String> how) {
    Map<String, String> query = new LinkedHashMap<>(upload.query());
    query.putAll(how);
    String path = Address.path("apis", api, "operations") + Address.query(query);
    return transport.send(
        new Request("PUT", path, upload.text(), upload.mediaType(), false, false),
        body(OperationsChange.class));
  }

  /**
   * Shows how an API's operations and its catalog fit together.
   *
   * @param api the API's id
   */
  public Outcome<CoverageAnswer> coverage(String api) {
    return transport.send(
        Request.get(Address.path("apis", api, "coverage")), body(CoverageAnswer.class));
  }

  /**
   * Asks for the page that documents an API: every operation with the scopes that it requires.
   *
   * @param api the API's id
   * @return a whole HTML document, which loads nothing
   */
  public Outcome<String> page(String api) {
    return transport.page(Request.get(Address.path("apis", api, "page")));
  }

  /**
   * Makes a key. The answer has its token, once. If the connection breaks, this is sent once more;
   * if the key had been made already, its token {@linkplain
   * io.bitting.client.protocol.SecretText#isWithheld is withheld}: nobody has it.
   *
   * @param organization slug or id
   * @param key what to make
   */
  public Outcome<CreatedKey> createKey(String organization, NewKey key) {
    return transport.send(
        Request.of("POST", keysOf(organization), key).asNamed(), body(CreatedKey.class));
  }

  /**
   * Lists keys, newest first.
   *
   * @param organization slug or id
   * @param query which
   */
  public Outcome<Page<KeyAnswer>> keys(String organization, KeyQuery query) {
    return transport.send(Request.get(keysOf(organization) + query.text()), page(KeyAnswer.class));
  }

  /**
   * Asks for a key.
   *
   * @param organization slug or id
   * @param id the key's id
   */
  public Outcome<KeyAnswer> key(String organization, String id) {
    return transport.send(Request.get(keyOf(organization, id)), body(KeyAnswer.class));
  }

  /**
   * Edits name and purpose of a key.
   *
   * @param organization slug or id
   * @param id the key's id
   * @param edit what to change
   */
  public Outcome<KeyAnswer> editKey(String organization, String id, KeyEdit edit) {
    return transport.send(
        Request.of("PATCH", keyOf(organization, id), edit), body(KeyAnswer.class));
  }

  /**
   * Disables a key: it is refused until it is enabled.
   *
   * @param organization slug or id
   * @param id the key's id
   */
  public Outcome<KeyAnswer> disableKey(String organization, String id) {
    return transport.send(
        Request.of("POST", keyOf(organization, id, "disable")), body(KeyAnswer.class));
  }

  /**
   * Enables a key.
   *
   * @param organization slug or id
   * @param id the key's id
   */
  public Outcome<KeyAnswer> enableKey(String organization, String id) {
    return transport.send(
        Request.of("POST", keyOf(organization, id, "enable")), body(KeyAnswer.class));
  }

  /**
   * Revokes a key: it is refused for ever. The node that answered refuses it from then on, every
   * other healthy node within 2 s. Revoking one twice changes nothing.
   *
   * @param organization slug or id
   * @param id the key's id
   */
  public Outcome<KeyAnswer> revokeKey(String organization, String id) {
    return revokeKey(organization, id, RevocationForm.UNSAID);
  }

  /**
   * Revokes a key and says why; as {@link #revokeKey(String, String)}.
   *
   * @param organization slug or id
   * @param id the key's id
   * @param form why
   */
  public Outcome<KeyAnswer> revokeKey(String organization, String id, RevocationForm form) {
    return transport.send(
        Request.of("POST", keyOf(organization, id, "revoke"), form).asRepeatable(),
        body(KeyAnswer.class));
  }

  /**
   * Revokes every key that a filter leaves, or says which those are.
   *
   * @param organization slug or id
   * @param form which
   */
  public Outcome<MatchingRevocationAnswer> revokeMatchingKeys(
      String organization, MatchingRevocation form) {
    return transport.send(
        Request.of("POST", keyOf(organization, "revoke"), form),
        body(MatchingRevocationAnswer.class));
  }

  /**
   * Revokes this client's own key.
   *
   * @param form why
   */
  public Outcome<KeyAnswer> revokeOwnKey(RevocationForm form) {
    return transport.send(
        Request.of("POST", Address.path("whoami", "revoke"), form), body(KeyAnswer.class));
  }

  /**
   * Gives a key a new secret. The answer has its token, once. If the connection breaks, this is
   * sent once more; if the key had been rotated already, the token {@linkplain
   * io.bitting.client.protocol.SecretText#isWithheld is withheld}.
   *
   * @param organization slug or id
   * @param id the key's id
   * @param rotation how
   */
  public Outcome<CreatedKey> rotateKey(String organization, String id, Rotation rotation) {
    return transport.send(
        Request.of("POST", keyOf(organization, id, "rotate"), rotation).asNamed(),
        body(CreatedKey.class));
  }

  /**
   * Ends the overlap of a rotation, or of a replacement, now.
   *
   * @param organization slug or id
   * @param id the key's id
   */
  public Outcome<KeyAnswer> endOverlap(String organization, String id) {
    return transport.send(
        Request.of("POST", keyOf(organization, id, "end-overlap")).asRepeatable(),
        body(KeyAnswer.class));
  }

  /**
   * Makes a key in the place of another. The answer has its token, once. If the connection breaks,
   * this is sent once more; if the key had been made already, its token {@linkplain
   * io.bitting.client.protocol.SecretText#isWithheld is withheld}.
   *
   * @param organization slug or id
   * @param id the id of the key that is replaced
   * @param replacement the new key; not a plan
   */
  public Outcome<ReplacedKey> replaceKey(
      String organization, String id, ReplacementKey replacement) {
    return transport.send(
        Request.of("POST", keyOf(organization, id, "replace"), replacement).asNamed(),
        body(ReplacedKey.class));
  }

  /**
   * Finds out what a replacement would come to; changes nothing.
   *
   * @param organization slug or id
   * @param id the id of the key that would be replaced
   * @param plan the new key; a plan
   */
  public Outcome<ReplacementPlan> planReplacement(
      String organization, String id, ReplacementKey plan) {
    return transport.send(
        Request.of("POST", keyOf(organization, id, "replace"), plan), body(ReplacementPlan.class));
  }

  /**
   * Shows what a key was used for.
   *
   * @param organization slug or id
   * @param id the key's id
   * @param query within which window
   */
  public Outcome<KeyUsageAnswer> keyUsage(String organization, String id, UsageQuery query) {
    return transport.send(
        Request.get(keyOf(organization, id, "usage") + query.text()), body(KeyUsageAnswer.class));
  }

  /**
   * Lists the last checks of an organization's keys that one node made, the oldest first.
   *
   * @param organization slug or id
   * @param after the cursor of an answer before; empty for the last ones
   * @param limit at most so many, 1 to 200
   */
  public Outcome<ChecksAnswer> checks(String organization, Optional<String> after, int limit) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("limit", String.valueOf(limit));
    after.ifPresent(cursor -> parameters.put("cursor", cursor));
    return transport.send(
        Request.get(
            Address.path("organizations", organization, "checks") + Address.query(parameters)),
        body(ChecksAnswer.class));
  }

  /**
   * Asks whether a token may do something.
   *
   * @param check the question
   */
  public Outcome<VerifyAnswer> verify(Check check) {
    return transport.send(
        Request.of("POST", Address.path("verify"), check).asRepeatable(), body(VerifyAnswer.class));
  }

  /**
   * Asks several questions at once.
   *
   * @param checks at most 100
   */
  public Outcome<BatchAnswer> verify(List<Check> checks) {
    return transport.send(
        Request.of("POST", Address.path("verify", "batch"), new Batch(checks)).asRepeatable(),
        body(BatchAnswer.class));
  }

  /**
   * Lists the audit events of an organization, newest first.
   *
   * @param organization slug or id
   * @param query which
   */
  public Outcome<Page<AuditEventAnswer>> auditEvents(String organization, AuditQuery query) {
    return transport.send(
        Request.get(Address.path("organizations", organization, "audit-events") + query.text()),
        page(AuditEventAnswer.class));
  }

  /**
   * Lists the audit events of the installation, newest first.
   *
   * @param query which
   */
  public Outcome<Page<AuditEventAnswer>> auditEvents(AuditQuery query) {
    return transport.send(
        Request.get(Address.path("audit-events") + query.text()), page(AuditEventAnswer.class));
  }

  /**
   * Asks for the least grant that would have been enough for what a key was used for.
   *
   * @param organization slug or id
   * @param id the key's id
   * @param window the time that counts
   */
  public Outcome<RightSizeAnswer> rightSize(String organization, String id, Window window) {
    return transport.send(
        Request.get(keyOf(organization, id, "right-size") + window.text()),
        body(RightSizeAnswer.class));
  }

  /**
   * Asks what would have been denied of a key's use, had it had other scopes. Changes nothing.
   *
   * @param organization slug or id
   * @param id the key's id
   * @param grant the other scopes
   * @param window the time that counts
   */
  public Outcome<WhatIfAnswer> whatIf(
      String organization, String id, GrantForm grant, Window window) {
    return transport.send(
        Request.of("POST", keyOf(organization, id, "what-if") + window.text(), grant)
            .asRepeatable(),
        body(WhatIfAnswer.class));
  }

  /**
   * Reviews the keys of an organization.
   *
   * @param organization slug or id
   * @param query which
   */
  public Outcome<ReviewAnswer> review(String organization, ReviewQuery query) {
    return transport.send(
        Request.get(Address.path("organizations", organization, "review") + query.text()),
        body(ReviewAnswer.class));
  }

  /**
   * Asks for the report of a review, as CSV of RFC 4180 in which no cell begins a formula.
   *
   * @param organization slug or id
   * @param query which
   */
  public Outcome<String> reviewReport(String organization, ReviewQuery query) {
    return transport.csv(
        Request.get(Address.path("organizations", organization, "review") + query.asCsv().text()));
  }

  /**
   * Decides about a key in a review.
   *
   * @param organization slug or id
   * @param decision what is decided
   * @param window the time that a right-sizing goes by
   */
  public Outcome<DecidedKey> decide(
      String organization, NewReviewDecision decision, Window window) {
    return transport.send(
        Request.of(
            "POST",
            Address.path("organizations", organization, "review", "decisions") + window.text(),
            decision),
        body(DecidedKey.class));
  }

  /**
   * Exports audit events of an organization in their order, up to the newest checkpoint.
   *
   * @param organization slug or id
   * @param query which; an export of all of them has the checkpoints too, and can be verified
   * @param format in which form
   */
  public Outcome<AuditPart> exportAudit(String organization, AuditQuery query, AuditFormat format) {
    return transport.part(
        Request.get(
            Address.path("organizations", organization, "audit-export") + query.as(format).text()),
        format);
  }

  /**
   * Exports audit events of the installation in their order, up to the newest checkpoint.
   *
   * @param query which; an export of all of them has the checkpoints too, and can be verified
   * @param format in which form
   */
  public Outcome<AuditPart> exportAudit(AuditQuery query, AuditFormat format) {
    return transport.part(
        Request.get(Address.path("audit-export") + query.as(format).text()), format);
  }

  /**
   * Signs where the audit chain of an organization stands.
   *
   * @param organization slug or id
   * @return the checkpoint of its last event, which may have been signed before
   */
  public Outcome<AuditCheckpointAnswer> createAuditCheckpoint(String organization) {
    return transport.send(
        Request.of("POST", Address.path("organizations", organization, "audit-checkpoints"))
            .asRepeatable(),
        body(AuditCheckpointAnswer.class));
  }

  /**
   * Signs where the audit chain of the installation stands.
   *
   * @return the checkpoint of its last event, which may have been signed before
   */
  public Outcome<AuditCheckpointAnswer> createAuditCheckpoint() {
    return transport.send(
        Request.of("POST", Address.path("audit-checkpoints")).asRepeatable(),
        body(AuditCheckpointAnswer.class));
  }

  /** Lists the public halves of the keys that sign checkpoints, the one that signs now first. */
  public Outcome<Page<SigningKeyAnswer>> signingKeys() {
    return transport.send(
        Request.get(Address.path("audit", "signing-keys")), page(SigningKeyAnswer.class));
  }

  /**
   * Erases where audit events of an organization came from. There is no way back.
   *
   * @param organization slug or id
   * @param request which events
   */
  public Outcome<ErasureAnswer> eraseAuditSources(String organization, ErasureRequest request) {
    return transport.send(
        Request.of("POST", Address.path("organizations", organization, "audit-erasures"), request)
            .asRepeatable(),
        body(ErasureAnswer.class));
  }

  /**
   * Lists the members of an organization, the newest first.
   *
   * @param organization slug or id
   * @param query which
   */
  public Outcome<Page<MemberAnswer>> members(String organization, MemberQuery query) {
    return transport.send(
        Request.get(Address.path("organizations", organization, "members") + query.text()),
        page(MemberAnswer.class));
  }

  /**
   * Shows a member.
   *
   * @param organization slug or id
   * @param id the member's id
   */
  public Outcome<MemberAnswer> member(String organization, String id) {
    return transport.send(
        Request.get(Address.path("organizations", organization, "members", id)),
        body(MemberAnswer.class));
  }

  /**
   * Gives a member another role.
   *
   * @param organization slug or id
   * @param id the member's id
   * @param edit the role
   */
  public Outcome<MemberAnswer> editMember(String organization, String id, MemberEdit edit) {
    return transport.send(
        Request.of("PATCH", Address.path("organizations", organization, "members", id), edit)
            .asRepeatable(),
        body(MemberAnswer.class));
  }

  /**
   * Removes a member. There is no way back but another invitation.
   *
   * @param organization slug or id
   * @param id the member's id
   */
  public Outcome<RemovedMember> removeMember(String organization, String id) {
    return transport.send(
        Request.of("POST", Address.path("organizations", organization, "members", id, "remove")),
        body(RemovedMember.class));
  }

  /**
   * Lists the invitations of an organization, the newest first.
   *
   * @param organization slug or id
   * @param after the cursor of the page before
   */
  public Outcome<Page<InvitationAnswer>> invitations(String organization, Optional<String> after) {
    String query = Address.query(after.map(cursor -> Map.of("cursor", cursor)).orElse(Map.of()));
    return transport.send(
        Request.get(Address.path("organizations", organization, "invitations") + query),
        page(InvitationAnswer.class));
  }

  /**
   * Invites somebody. Sends an {@code Idempotency-Key}, so that a repetition makes nothing again.
   *
   * @param organization slug or id
   * @param invitation who, as what
   */
  public Outcome<NewInvitationAnswer> createInvitation(
      String organization, NewInvitation invitation) {
    return transport.send(
        Request.of("POST", Address.path("organizations", organization, "invitations"), invitation)
            .asNamed(),
        body(NewInvitationAnswer.class));
  }

  /**
   * Withdraws an invitation.
   *
   * @param organization slug or id
   * @param id the invitation's id
   * @return the invitation as it was
   */
  public Outcome<InvitationAnswer> withdrawInvitation(String organization, String id) {
    return transport.send(
        Request.of(
            "POST", Address.path("organizations", organization, "invitations", id, "withdraw")),
        body(InvitationAnswer.class));
  }

  /**
   * Tells whom a required second factor keeps out, or would keep out.
   *
   * @param organization slug or id
   * @param from from when on it would be required; empty for as it is
   */
  public Outcome<MfaAnswer> mfa(String organization, Optional<Instant> from) {
    String query = Address.query(from.map(at -> Map.of("from", at.toString())).orElse(Map.of()));
    return transport.send(
        Request.get(Address.path("organizations", organization, "mfa") + query),
        body(MfaAnswer.class));
  }

  private static String keysOf(String organization) {
    return Address.path("organizations", organization, "api-keys");
  }

  private static String keyOf(String organization, String id) {
    return Address.path("organizations", organization, "api-keys", id);
  }

  private static String keyOf(String organization, String id, String action) {
    return Address.path("organizations", organization, "api-keys", id, action);
  }

  private static <T> Function<byte[], T> body(Class<T> type) {
    return bytes -> Json.read(bytes, type);
  }

  private static <T> Function<byte[], Page<T>> page(Class<T> type) {
    return bytes -> Json.readPage(bytes, type);
  }

  @Override
  public String toString() {
    return "BittingClient[" + base + "]";
  }
}
