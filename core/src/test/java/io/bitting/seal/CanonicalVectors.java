package io.bitting.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.id.EventId;
import io.bitting.id.InvitationId;
import io.bitting.id.KeyId;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.id.PasskeyId;
import io.bitting.id.PersonId;
import io.bitting.id.SignInId;
import io.bitting.id.Slug;
import io.bitting.key.Key;
import io.bitting.key.KeyHeader;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.Replacement;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
import io.bitting.key.SecretDigest;
import io.bitting.member.Factor;
import io.bitting.member.Invitation;
import io.bitting.member.MailAddress;
import io.bitting.member.Member;
import io.bitting.member.Passkey;
import io.bitting.member.Password;
import io.bitting.member.Person;
import io.bitting.member.RecoveryCode;
import io.bitting.member.SignIn;
import io.bitting.member.TotpSeed;
import io.bitting.organization.Organization;
import io.bitting.organization.Policy;
import io.bitting.organization.Role;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.store.Api;
import io.bitting.store.CatalogForm;
import io.bitting.store.FirstAnswer;
import io.bitting.store.ReviewDecision;
import io.bitting.store.SetupCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The published vectors of the canonical form, and how the rows in them become those of the code.
 */
final class CanonicalVectors {
  private static final JsonNode DOCUMENT = read();

  private CanonicalVectors() {}

  /** One row with its form and what is computed of it. */
  record Vector(String kind, String why, JsonNode row, String form, String sha256, String mac) {
    @Override
    public String toString() {
      return kind + ": " + why;
    }
  }

  private static JsonNode read() {
    try (InputStream json = CanonicalVectors.class.getResourceAsStream("/vectors/canonical.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Vector> all() {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode vector : DOCUMENT.get("vectors")) {
      vectors.add(
          new Vector(
              text(vector, "kind"),
              text(vector, "why"),
              vector.get("row"),
              text(vector, "form"),
              text(vector, "sha256"),
              text(vector, "mac")));
    }
    return vectors;
  }

  static List<Vector> of(String kind) {
    return all().stream().filter(vector -> vector.kind().equals(kind)).toList();
  }

  static PepperKeyset keyset() {
    return PepperKeyset.parse(
        DOCUMENT.get("pepper_version").intValue() + " " + text(DOCUMENT, "pepper"));
  }

  static int pepperVersion() {
    return DOCUMENT.get("pepper_version").intValue();
  }

  /** Returns the form that the code gives a row whose form can be asked for. */
  static byte[] form(String kind, JsonNode row) {
    return switch (kind) {
      case "key" -> key(row).canonical();
      case "secret" -> secret(row).canonical();
      case "organization" -> organization(row).canonical();
      case "api" -> api(row).canonical();
      case "catalog" -> CatalogForm.canonical(catalog(row));
      case "setup-code" -> setupCode(row).canonical();
      case "review-decision" -> reviewDecision(row).canonical();
      case "first-answer" -> firstAnswer(row).canonical();
      case "person" -> person(row).canonical();
      case "member" -> member(row).canonical();
      case "invitation" -> invitation(row).canonical();
      case "password" -> password(row).canonical();
      case "totp-seed" -> totpSeed(row).canonical();
      case "passkey" -> passkey(row).canonical();
      case "recovery-code" -> recoveryCode(row).canonical();
      case "sign-in" -> signIn(row).canonical();
      default -> throw new AssertionError(kind);
    };
  }

  static Key key(JsonNode row) {
    Grant grant = grant(row.get("grant"));
    return new Key(
        KeyId.parse(text(row, "id")).orElseThrow(),
        new OrganizationId(text(row, "organization")),
        text(row, "name"),
        text(row, "purpose"),
        grant,
        grant.id(),
        KeyState.of(text(row, "state")).orElseThrow(),
        time(row, "created_at").orElseThrow(),
        actor(row.get("created_by")),
        time(row, "revoked_at").orElse(null),
        row.has("revocation") ? revocation(row.get("revocation")) : null,
        row.has("replacement") ? replacement(row.get("replacement")) : null,
        row.get("revision").longValue());
  }

  private static Revocation revocation(JsonNode row) {
    return new Revocation(
        RevocationReason.of(text(row, "reason")).orElseThrow(), text(row, "note"));
  }

  private static Replacement replacement(JsonNode row) {
    return new Replacement(
        KeyId.parse(text(row, "by")).orElseThrow(),
        time(row, "at").orElseThrow(),
        time(row, "ends_at").orElseThrow());
  }

  static Grant grant(JsonNode row) {
    JsonNode reach = row.get("reach");
    return new Grant(
        new ApiId(text(row, "api")),
        scopes(row.get("scopes")),
        reach.isTextual() ? Reach.everything() : limited(reach));
  }

  private static Reach limited(JsonNode reach) {
    SortedMap<ApiId, GrantedScopes> issue = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : reach.get("issue").properties()) {
      issue.put(new ApiId(entry.getKey()), scopes(entry.getValue()));
    }
    return new Reach.Limited(
        issue, new TreeSet<>(texts(reach.get("verify")).stream().map(ApiId::new).toList()));
  }

  private static GrantedScopes scopes(JsonNode scopes) {
    return scopes.isNull()
        ? GrantedScopes.all()
        : GrantedScopes.specific(texts(scopes).stream().map(Scope::new).toList());
  }

  private static KeySecret secret(JsonNode row) {
    return new KeySecret(
        KeyId.parse(text(row, "key")).orElseThrow(),
        row.get("number").intValue(),
        SecretDigest.of(HexFormat.of().parseHex(text(row, "digest"))),
        time(row, "created_at").orElseThrow(),
        time(row, "expires_at").orElse(null),
        row.has("quiet_hours") ? Duration.ofHours(row.get("quiet_hours").longValue()) : null,
        row.get("revision").longValue());
  }

  private static Policy policy(JsonNode row) {
    return new Policy(
        days(row, "key_lifetime_max_days"),
        row.get("never_allowed").booleanValue(),
        days(row, "revoke_unused_after_days"),
        days(row, "usage_kept_days").orElseThrow(),
        days(row, "audit_kept_days"),
        days(row, "dead_keys_kept_days"));
  }

  private static Optional<Duration> days(JsonNode row, String member) {
    return row.get(member).isNull()
        ? Optional.empty()
        : Optional.of(Duration.ofDays(row.get(member).longValue()));
  }

  private static Organization organization(JsonNode row) {
    return new Organization(
        new OrganizationId(text(row, "id")),
        new Slug(text(row, "slug")),
        text(row, "name"),
        row.get("operator").booleanValue(),
        row.get("suspended").booleanValue(),
        row.get("all_scopes_allowed").booleanValue(),
        row.has("policy") ? policy(row.get("policy")) : Policy.USUAL,
        row.has("mfa_required_from") ? time(row, "mfa_required_from").orElseThrow() : null,
        time(row, "created_at").orElseThrow(),
        row.get("revision").longValue());
  }

  private static Api api(JsonNode row) {
    return new Api(
        new ApiId(text(row, "id")),
        text(row, "name"),
        new KeyPrefix(text(row, "prefix")),
        row.hasNonNull("key_header") ? new KeyHeader(text(row, "key_header")) : null,
        time(row, "created_at").orElseThrow(),
        row.get("revision").longValue());
  }

  private static Catalog catalog(JsonNode row) {
    List<CatalogEntry> entries = new ArrayList<>();
    for (JsonNode entry : row.get("scopes")) {
      entries.add(
          new CatalogEntry(
              new Scope(text(entry, "scope")),
              text(entry, "category"),
              AccessLevel.of(text(entry, "access")).orElseThrow(),
              text(entry, "description"),
              entry.get("included").booleanValue(),
              new TreeSet<>(texts(entry.get("implies")).stream().map(Scope::new).toList()),
              entry.get("retired").booleanValue()));
    }
    return Catalog.of(new ApiId(text(row, "api")), row.get("version").intValue(), entries);
  }

  private static ReviewDecision reviewDecision(JsonNode row) {
    return new ReviewDecision(
        KeyId.parse(text(row, "key")).orElseThrow(),
        new OrganizationId(text(row, "organization")),
        ReviewDecision.Verdict.of(text(row, "verdict")).orElseThrow(),
        text(row, "reason"),
        time(row, "ask_again_at").orElse(null),
        time(row, "decided_at").orElseThrow(),
        actor(row.get("decided_by")));
  }

  private static SetupCode setupCode(JsonNode row) {
    return new SetupCode(
        text(row, "id"),
        Bytes.of(HexFormat.of().parseHex(text(row, "digest"))),
        Optional.ofNullable(row.get("organization").textValue()).map(OrganizationId::new),
        time(row, "created_at").orElseThrow(),
        time(row, "expires_at").orElseThrow());
  }

  private static FirstAnswer firstAnswer(JsonNode row) {
    return new FirstAnswer(
        hex(text(row, "request")),
        hex(text(row, "payload")),
        KeyId.parse(text(row, "caller")).orElseThrow(),
        row.get("status").intValue(),
        Optional.ofNullable(row.get("location").textValue()),
        text(row, "body"),
        time(row, "expires_at").orElseThrow());
  }

  private static Person person(JsonNode row) {
    return new Person(
        new PersonId(text(row, "id")),
        new MailAddress(text(row, "mail")),
        text(row, "name"),
        time(row, "mfa_since").orElse(null),
        row.get("disabled").booleanValue(),
        time(row, "created_at").orElseThrow(),
        row.get("revision").longValue());
  }

  private static Member member(JsonNode row) {
    return new Member(
        new MemberId(text(row, "id")),
        new OrganizationId(text(row, "organization")),
        new PersonId(text(row, "person")),
        Role.of(text(row, "role")).orElseThrow(),
        time(row, "joined_at").orElseThrow(),
        actor(row.get("added_by")),
        row.get("revision").longValue());
  }

  private static Invitation invitation(JsonNode row) {
    return new Invitation(
        new InvitationId(text(row, "id")),
        new OrganizationId(text(row, "organization")),
        new MailAddress(text(row, "mail")),
        Role.of(text(row, "role")).orElseThrow(),
        hex(text(row, "digest")),
        time(row, "created_at").orElseThrow(),
        actor(row.get("created_by")),
        time(row, "expires_at").orElseThrow());
  }

  private static Password password(JsonNode row) {
    return new Password(
        new PersonId(text(row, "person")), text(row, "phc"), time(row, "changed_at").orElseThrow());
  }

  private static TotpSeed totpSeed(JsonNode row) {
    return new TotpSeed(
        new PersonId(text(row, "person")),
        new Encrypted(row.get("seed_version").intValue(), hex(text(row, "seed"))),
        time(row, "created_at").orElseThrow(),
        time(row, "confirmed_at").orElse(null),
        row.get("last_step").longValue());
  }

  private static Passkey passkey(JsonNode row) {
    return new Passkey(
        new PasskeyId(text(row, "id")),
        new PersonId(text(row, "person")),
        text(row, "name"),
        hex(text(row, "credential_id")),
        hex(text(row, "public_key")),
        row.get("sign_count").longValue(),
        row.get("backup_eligible").booleanValue(),
        row.get("backed_up").booleanValue(),
        time(row, "created_at").orElseThrow(),
        time(row, "last_used_at").orElse(null));
  }

  private static RecoveryCode recoveryCode(JsonNode row) {
    return new RecoveryCode(
        new PersonId(text(row, "person")),
        hex(text(row, "digest")),
        time(row, "created_at").orElseThrow());
  }

  private static SignIn signIn(JsonNode row) {
    Map<Factor, Instant> proved = new EnumMap<>(Factor.class);
    for (Factor factor : Factor.values()) {
      time(row.get("proved"), factor.code()).ifPresent(at -> proved.put(factor, at));
    }
    return new SignIn(
        new SignInId(text(row, "id")),
        hex(text(row, "digest")),
        new PersonId(text(row, "person")),
        time(row, "created_at").orElseThrow(),
        time(row, "last_seen_at").orElseThrow(),
        proved,
        text(row, "source"),
        text(row, "user_agent"),
        time(row, "ended_at").orElse(null));
  }

  static AuditEvent event(Vector vector) {
    JsonNode row = vector.row();
    List<AuditEvent.Change> changes = new ArrayList<>();
    for (JsonNode change : row.get("changes")) {
      changes.add(
          new AuditEvent.Change(
              text(change, "name"),
              change.get("before").textValue(),
              change.get("after").textValue()));
    }
    JsonNode source = row.get("source");
    return new AuditEvent(
        new EventId(text(row, "id")),
        new AuditChain(text(row, "chain")),
        row.get("number").longValue(),
        time(row, "at").orElseThrow(),
        new AuditEvent.Act(
            text(row, "action"),
            actor(row.get("actor")),
            new AuditEvent.Target(text(row.get("target"), "kind"), text(row.get("target"), "id")),
            Optional.ofNullable(row.get("request_id").textValue()),
            changes),
        row.get("source_commitment").isNull() ? null : hex(text(row, "source_commitment")),
        source.isNull()
            ? null
            : new AuditEvent.Personal(hex(text(source, "salt")), text(source, "value")),
        hex(text(row, "previous_hash")),
        hex(vector.sha256()));
  }

  private static Actor actor(JsonNode actor) {
    return new Actor(Actor.Kind.of(text(actor, "kind")).orElseThrow(), text(actor, "id"));
  }

  static Bytes hex(String digits) {
    return Bytes.of(HexFormat.of().parseHex(digits));
  }

  private static Optional<Instant> time(JsonNode row, String member) {
    JsonNode millis = row.required(member);
    return millis.isNull()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(millis.longValue()));
  }

  private static String text(JsonNode row, String member) {
    return Objects.requireNonNull(row.required(member).textValue(), member);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::textValue).toList();
  }

  /** Returns the row once for each of its leaves, with that leaf changed. */
  static List<Vector> changed(Vector vector) {
    List<String> pointers = new ArrayList<>();
    leaves(vector.row(), "", pointers);
    List<Vector> changed = new ArrayList<>();
    for (String pointer : pointers) {
      JsonNode copy = vector.row().deepCopy();
      change(copy, pointer);
      changed.add(
          new Vector(
              vector.kind(),
              vector.why() + ", " + pointer + " changed",
              copy,
              vector.form(),
              vector.sha256(),
              vector.mac()));
    }
    return changed;
  }

  private static void leaves(JsonNode node, String pointer, List<String> into) {
    if (node.isObject()) {
      node.properties().forEach(e -> leaves(e.getValue(), pointer + "/" + e.getKey(), into));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        leaves(node.get(i), pointer + "/" + i, into);
      }
    } else {
      into.add(pointer);
    }
  }

  private static void change(JsonNode row, String pointer) {
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = row.at(pointer.substring(0, slash));
    String member = pointer.substring(slash + 1);
    if (parent instanceof ObjectNode object) {
      JsonNode value = object.get(member);
      if (member.equals("reach")) {
        object.putObject(member).putObject("issue");
        ((ObjectNode) object.get(member)).putArray("verify");
      } else if (value.isNull()) {
        setSomething(object, member, pointer);
      } else if (value.isBoolean()) {
        object.put(member, !value.booleanValue());
      } else if (value.isNumber()) {
        object.put(member, value.longValue() + 1);
      } else {
        object.put(member, other(value.textValue()));
      }
    } else {
      ArrayNode array = (ArrayNode) parent;
      int at = Integer.parseInt(member);
      array.set(at, other(array.get(at).textValue()));
    }
  }

  /** Turns no value into one. */
  private static void setSomething(ObjectNode object, String member, String pointer) {
    switch (pointer.contains("/reach/issue/") ? "scopes" : member) {
      case "revoked_at", "expires_at", "ask_again_at" -> object.put(member, 0);
      case "mfa_since", "confirmed_at", "last_used_at", "ended_at" -> object.put(member, 0);
      case "password", "totp", "passkey", "recovery_code" -> object.put(member, 0);
      case "key_lifetime_max_days",
          "revoke_unused_after_days",
          "audit_kept_days",
          "dead_keys_kept_days" ->
          object.put(member, 1);
      case "organization" -> object.put(member, "Org0000000Cc");
      case "scopes" -> object.putArray(member).add("a");
      default -> object.put(member, "");
    }
  }

  private static String other(String text) {
    return switch (text) {
      case "" -> "x";
      case "active", "revoked" -> "disabled";
      case "read", "danger" -> "write";
      case "write" -> "read";
      case "key", "operator" -> "member";
      case "member" -> "key";
      case "setup" -> "key";
      case "leaked" -> "unused";
      case "owner", "auditor" -> "admin";
      case "admin" -> "owner";
      case "keep", "revoke" -> "right_size";
      default -> {
        char last = text.charAt(text.length() - 1);
        yield text.substring(0, text.length() - 1) + (last == 'a' ? 'b' : 'a');
      }
    };
  }
}
