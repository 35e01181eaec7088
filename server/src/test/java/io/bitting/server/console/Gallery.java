package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.AuditEventAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.CatalogChange;
import io.bitting.client.protocol.ChecksAnswer.CheckAnswer;
import io.bitting.client.protocol.FindingAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyUsageAnswer;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.OperationAnswer;
import io.bitting.client.protocol.OperationsChange;
import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.PolicyAnswer;
import io.bitting.client.protocol.Problem;
import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.Reference;
import io.bitting.client.protocol.RequirementAnswer;
import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewDecisionAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.client.protocol.RevocationAnswer;
import io.bitting.client.protocol.RightSizeAnswer;
import io.bitting.client.protocol.SecretAnswer;
import io.bitting.client.protocol.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every page of the console in the states that people meet: full, empty, and after a mistake. */
final class Gallery {
  static final Instant NOW = Instant.parse("2026-11-20T09:14:41Z");

  /** What stands where a secret does; the tests look for it where it must not be. */
  static final String TOKEN = "nex_3vK8pQ2mZp7BaaaaBBBBccccDDDDeeeeFFFFgggg1234567h";

  static final String FORM_TOKEN = "f0rmT0kenf0rmT0kenf0rmT0ken";

  /** Names that people should not have, and that some will. */
  static final String MARKUP =
      "<img src=x onerror=alert(1)>\"'`--></script><script>alert(2)</script>";

  /**
   * A page in a state.
   *
   * @param name the page
   * @param state the state
   * @param frame what stands around it
   * @param page the page
   */
  record Shown(String name, String state, Frame frame, ConsolePage page) {
    String id() {
      return name + "-" + state;
    }

    String html() {
      return new String(ConsolePages.html(frame, page), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return id();
    }
  }

  private Gallery() {}

  static List<Shown> all() {
    return Stream.of(keys(), making(), oneKey(), review(), catalog(), audit(), people(), doors())
        .flatMap(List::stream)
        .toList();
  }

  static Shown get(String id) {
    return all().stream().filter(shown -> shown.id().equals(id)).findFirst().orElseThrow();
  }

  // Frames

  static Frame owner() {
    return owner(null);
  }

  static Frame owner(@Nullable String said) {
    return new Frame(
        new Frame.Visitor(
            "Ada Okafor",
            "ada@acme.example",
            "Acme",
            "acme",
            "owner",
            EnumSet.allOf(Right.class),
            List.of(new Frame.Other("labs", "Acme Labs"))),
        FORM_TOKEN,
        NOW,
        "https://keys.acme.example",
        said);
  }

  static Frame auditor() {
    return new Frame(
        new Frame.Visitor(
            "Jo Lindqvist",
            "jo@acme.example",
            "Acme",
            "acme",
            "auditor",
            Set.of(Right.READ_AUDIT),
            List.of()),
        FORM_TOKEN,
        NOW,
        "https://keys.acme.example",
        null);
  }

  static Frame nobody() {
    return new Frame(null, FORM_TOKEN, NOW, "https://keys.acme.example", null);
  }

  // Parts

  static Instant ago(String duration) {
    return NOW.minus(Duration.parse(duration));
  }

  static Instant in(String duration) {
    return NOW.plus(Duration.parse(duration));
  }

  static final class KeyBuilder {
    private final String id;
    private final String name;
    private String purpose = "";
    private @Nullable List<String> scopes = List.of("scans:read");
    private String state = "active";
    private @Nullable Instant expires = in("P62D");
    private @Nullable Instant used = ago("PT2H");
    private boolean overlaps;
    private @Nullable ReachForm reach;
    private @Nullable RevocationAnswer revocation;
    private @Nullable String replacedBy;

    KeyBuilder(String id, String name) {
      this.id = id;
      this.name = name;
    }

    KeyBuilder purpose(String purpose) {
      this.purpose = purpose;
      return this;
    }

    KeyBuilder scopes(String... scopes) {
      this.scopes = List.of(scopes);
      return this;
    }

    KeyBuilder allScopes() {
      scopes = null;
      return this;
    }

    KeyBuilder state(String state) {
      this.state = state;
      return this;
    }

    KeyBuilder expires(@Nullable Instant expires) {
      this.expires = expires;
      return this;
    }

    KeyBuilder used(@Nullable Instant used) {
      this.used = used;
      return this;
    }

    KeyBuilder overlaps() {
      overlaps = true;
      return this;
    }

    KeyBuilder reach(ReachForm reach) {
      this.reach = reach;
      return this;
    }

    KeyBuilder revoked(String reason, String note) {
      state = "revoked";
      revocation = new RevocationAnswer(reason, note);
      return this;
    }

    KeyBuilder replacedBy(String id) {
      replacedBy = id;
      return this;
    }

    KeyAnswer build() {
      List<SecretAnswer> secrets = new ArrayList<>();
      if (overlaps) {
        secrets.add(
            new SecretAnswer(1, ago("P28D"), in("PT20H"), null, ago("PT11M"), "198.51.100.7"));
      }
      secrets.addFirst(
          new SecretAnswer(
              overlaps ? 2 : 1,
              ago("P28D"),
              expires,
              null,
              used,
              used == null ? null : "203.0.113.18"));
      return new KeyAnswer(
          id,
          "nex_" + id + "…",
          "appsec",
          "8sKd03LwQz1X",
          name,
          purpose,
          scopes == null,
          scopes == null ? List.of() : scopes,
          reach,
          state,
          ago("P28D"),
          new Reference("member", "m1mmmmmmmmmm"),
          expires,
          state.equals("revoked") ? ago("PT3H") : null,
          revocation,
          replacedBy,
          replacedBy == null ? null : in("PT20H"),
          secrets,
          used);
    }
  }

  static KeyBuilder key(String id, String name) {
    return new KeyBuilder(id, name);
  }

  static KeyAnswer nightly() {
    return key("4fT9xQ2mZp7B", "nightly-import")
        .purpose("Loads the findings of the night into the data warehouse")
        .scopes("scans:read", "scans:run", "issues:read", "files:read", "scans:delete", "org:read")
        .build();
  }

  private static Problem problem(String code, int status, String title, String detail) {
    return new Problem(
        "https://keys.acme.example/errors/" + code,
        title,
        status,
        code,
        detail,
        "01JD3W5R9ZK4",
        null,
        null,
        null,
        Map.of());
  }

  private static Faults faults(String sentence, Problem.Fault... list) {
    Problem problem = problem("validation_failed", 422, "The request is wrong", sentence);
    return Faults.of(
        new Problem(
            problem.type(),
            problem.title(),
            422,
            problem.code(),
            sentence,
            null,
            null,
            null,
            List.of(list),
            Map.of()));
  }

  private static Problem.Fault fault(String pointer, String message, String fix) {
    return new Problem.Fault(pointer, "wrong", message, fix, null);
  }

  static List<CatalogAnswer.Entry> appsec() {
    return List.of(
        entry("scans:read", "Scans", "read", "Allows viewing existing scans."),
        entry(
            "scans:manage",
            "Scans",
            "write",
            "Allows managing scans, for example editing scan settings or retesting a scan.",
            "scans:read"),
        entry("scans:run", "Scans", "write", "Allows running scans."),
        entry("scans:stop", "Scans", "write", "Allows stopping scans."),
        entry("scans:delete", "Scans", "danger", "Allows deleting scans."),
        entry("issues:read", "Issues", "read", "Allows viewing detected issues."),
        entry(
            "issues:manage",
            "Issues",
            "write",
            "Allows managing detected issues, for example assigning a user to an issue, marking an issue as resolved, or retesting an issue."),
        entry(
            "files:read",
            "Files",
            "read",
            "Allows reading files from the storage and verifying targets."),
        entry(
            "files:write",
            "Files",
            "write",
            "Allows managing files in the storage, for example uploading or deleting them."),
        entry(
            "integration.repos:read",
            "Integrations",
            "read",
            "Allows viewing associated repositories, for example GitHub repositories, Slack channels, or Jira boards."),
        entry("repeaters:read", "Repeaters", "read", "Allows viewing organization’s repeaters."),
        entry(
            "repeaters:write",
            "Repeaters",
            "write",
            "Allows creating, editing, deleting a repeater, as well as testing repeater connection to a network."),
        new CatalogAnswer.Entry(
            "scim",
            "Provisioning",
            "danger",
            "Enables user and group provisioning.",
            true,
            List.of(),
            false),
        entry(
            "bot",
            "Bot & scripts",
            "write",
            "Enables communication between a repeater and the engine."),
        entry("scripts:read", "Bot & scripts", "read", "Allows viewing repeater’s scripts."),
        new CatalogAnswer.Entry(
            "scripts:write",
            "Bot & scripts",
            "write",
            "Allows creating, editing and deleting scripts.",
            false,
            List.of(),
            true),
        new CatalogAnswer.Entry(
            "org:read",
            "Organization",
            "read",
            "Allows viewing basic information about an organization.",
            true,
            List.of(),
            false),
        new CatalogAnswer.Entry(
            "org:write",
            "Organization",
            "danger",
            "Allows editing basic information about an organization and managing its basic settings, for example, enforcing MFA.",
            true,
            List.of(),
            false),
        new CatalogAnswer.Entry(
            "org.memberships:manage",
            "Organization",
            "danger",
            "Allows managing organization members.",
            true,
            List.of("org.memberships:read"),
            false),
        new CatalogAnswer.Entry(
            "org.memberships:read",
            "Organization",
            "read",
            "Allows viewing members of an organization.",
            true,
            List.of(),
            false));
  }

  private static CatalogAnswer.Entry entry(
      String scope, String category, String access, String description, String... implies) {
    return new CatalogAnswer.Entry(
        scope, category, access, description, false, List.of(implies), false);
  }

  private static OperationAnswer operation(
      String method, String path, String summary, String tag, RequirementAnswer requirement) {
    return new OperationAnswer(method, path, "", summary, tag, requirement);
  }

  private static RequirementAnswer needs(String... scopes) {
    return new RequirementAnswer(List.of(List.of(scopes)), null, null, null);
  }

  static List<OperationAnswer> operations() {
    return List.of(
        operation("GET", "/scans", "List scans", "Scans", needs("scans:read")),
        operation("POST", "/scans", "Start a scan", "Scans", needs("scans:run")),
        operation("GET", "/scans/{id}", "Show a scan", "Scans", needs("scans:read")),
        operation("PATCH", "/scans/{id}", "Edit a scan", "Scans", needs("scans:manage")),
        operation("POST", "/scans/{id}/stop", "Stop a scan", "Scans", needs("scans:stop")),
        operation(
            "POST",
            "/scans/{id}/retest",
            "Retest a scan",
            "Scans",
            new RequirementAnswer(
                List.of(List.of("scans:run", "issues:read"), List.of("scans:manage")),
                null,
                null,
                null)),
        operation("DELETE", "/scans/{id}", "Delete a scan", "Scans", needs("scans:delete")),
        operation("GET", "/issues", "List issues", "Issues", needs("issues:read")),
        operation("PATCH", "/issues/{id}", "Edit an issue", "Issues", needs("issues:manage")),
        operation("GET", "/files/{path}", "Read a file", "Files", needs("files:read")),
        operation("PUT", "/files/{path}", "Write a file", "Files", needs("files:write")),
        operation(
            "GET",
            "/me",
            "Show whose key it is",
            "Other",
            new RequirementAnswer(null, true, null, null)),
        operation(
            "GET",
            "/health",
            "Tell whether it works",
            "Other",
            new RequirementAnswer(null, null, true, null)),
        operation("POST", "/exports", "", "", new RequirementAnswer(null, null, null, true)));
  }

  static Picker picker(Set<String> chosen, Set<String> before, String compared) {
    return picker(appsec(), operations(), chosen, before, compared);
  }

  static Picker picker(
      List<CatalogAnswer.Entry> entries,
      List<OperationAnswer> operations,
      Set<String> chosen,
      Set<String> before,
      String compared) {
    Map<String, List<Picker.Choice>> byCategory = new LinkedHashMap<>();
    for (CatalogAnswer.Entry entry : entries) {
      List<String> paths =
          operations.stream()
              .filter(operation -> operation.requirement().anyOf() != null)
              .filter(operation ->
                  operation.requirement().anyOf().stream()
                      .anyMatch(together -> together.contains(entry.scope())))
              .map(operation -> operation.method() + " " + operation.path())
              .toList();
      byCategory
          .computeIfAbsent(entry.category(), title -> new ArrayList<>())
          .add(
              new Picker.Choice(
                  entry.scope(),
                  entry.access(),
                  entry.description(),
                  entry.implies(),
                  paths,
                  chosen.contains(entry.scope()),
                  before.contains(entry.scope()),
                  entry.scope().equals("scim")
                      ? "beyond what your role may grant"
                      : entry.retired() ? "retired: new keys cannot have it" : null));
    }
    return new Picker(Picker.groups(byCategory), operations, compared, List.of(), null);
  }

  /** As the form has it for keys that issue or verify. */
  private static Picker reaching(Picker picker) {
    return new Picker(
        picker.groups(),
        picker.operations(),
        picker.compared(),
        picker.unknown(),
        new ReachPicker(
            List.of(),
            apis().stream().map(api -> new ReachPicker.Api(api.id(), api.name())).toList(),
            new Reaching(false, List.of("appsec")),
            new Reaching(false, List.of("personnel"))));
  }

  private static ApiAnswer api(String id, String name, String prefix) {
    return new ApiAnswer(id, name, prefix, null, false, 3L, ago("P200D"));
  }

  private static List<ApiAnswer> apis() {
    return List.of(api("appsec", "AppSec", "nex"), api("personnel", "Personnel", "prs"));
  }

  // Pages

  private static List<Shown> keys() {
    List<KeysPage.Row> rows =
        List.of(
            row(nightly(), "Ada Okafor", false),
            row(
                key("9bQ2LmZp7Xa1", "ci-prod")
                    .scopes("scans:read", "scans:run")
                    .expires(in("P5D"))
                    .used(ago("PT2M"))
                    .build(),
                "Jo Lindqvist",
                true),
            row(
                key("1aZ8kQpWm3nB", "terraform").allScopes().expires(null).build(),
                "Ada Okafor",
                false),
            row(key("7dX4rTn2Lk9C", "old dashboard").used(null).build(), "key bootstrap", false),
            row(
                key("3cV6yHs5Jd2E", "gateway-eu").state("disabled").used(ago("P12D")).build(),
                "Ada Okafor",
                false),
            row(
                key("5eN1uGf8Ko4D", "warehouse")
                    .state("expired")
                    .expires(ago("P3D"))
                    .used(ago("P2D"))
                    .build(),
                "Mateus Ferreira da Conceição",
                false),
            row(
                key("6fM2iFv7Ip5F", "pentest 2026").revoked("leaked", "").build(),
                "Ada Okafor",
                false),
            row(
                key("2gB3oDc6Uo6G", "reporting").replacedBy("4fT9xQ2mZp7B").build(),
                "Ada Okafor",
                false),
            row(key("8hL4pSx5Yi7H", "backup").state("tampered").build(), "Ada Okafor", false));
    List<KeysPage.Maker> makers =
        List.of(
            new KeysPage.Maker("m1mmmmmmmmmm", "Ada Okafor"),
            new KeysPage.Maker("m2mmmmmmmmmm", "Jo Lindqvist"));
    KeysPage.Filter unused = new KeysPage.Filter("imp", "active", "", "", "90d", "", "");
    List<KeysPage.Row> hostile =
        List.of(
            row(key("4fT9xQ2mZp7B", MARKUP).purpose(MARKUP).build(), MARKUP, false),
            row(key("9bQ2LmZp7Xa1", "x".repeat(100)).build(), "y".repeat(100), false),
            row(
                key(
                        "1aZ8kQpWm3nB",
                        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞")
                    .build(),
                "Ada Okafor",
                false));
    return List.of(
        new Shown(
            "keys",
            "full",
            owner(),
            new KeysPage(rows, "c4", false, KeysPage.Filter.NONE, makers, Faults.NONE)),
        new Shown(
            "keys",
            "empty",
            owner(),
            new KeysPage(List.of(), null, false, KeysPage.Filter.NONE, List.of(), Faults.NONE)),
        new Shown(
            "keys",
            "nomatch",
            auditor(),
            new KeysPage(List.of(), null, false, unused, makers, Faults.NONE)),
        new Shown(
            "keys",
            "auditor",
            auditor(),
            new KeysPage(
                rows.subList(0, 3), null, true, KeysPage.Filter.NONE, makers, Faults.NONE)),
        new Shown(
            "keys",
            "hostile",
            owner(),
            new KeysPage(hostile, null, false, KeysPage.Filter.NONE, makers, Faults.NONE)),
        new Shown(
            "keys",
            "error",
            owner(),
            new KeysPage(
                List.of(),
                null,
                false,
                new KeysPage.Filter("", "", "Scans Read", "", "", "", ""),
                makers,
                new Faults(
                    "scope \"Scans Read\" is not a scope; a scope has no spaces",
                    List.of(
                        new Faults.Fault(
                            "scope",
                            "\"Scans Read\" is not a scope; a scope has no spaces",
                            ""))))));
  }

  private static KeysPage.Row row(KeyAnswer key, String by, boolean soon) {
    return new KeysPage.Row(key, 20, by, soon);
  }

  private static List<Shown> making() {
    NewKeyPage.Limits free = new NewKeyPage.Limits(null, true, "");
    NewKeyPage.Limits strict = new NewKeyPage.Limits(180, false, "forbidden by policy");
    List<NewKeyPage.Api> apis =
        List.of(
            new NewKeyPage.Api("appsec", "AppSec", "nex"),
            new NewKeyPage.Api("personnel", "Personnel", "prs"));
    List<NewKeyPage.Start> starts =
        List.of(
            new NewKeyPage.Start("template:ci", "Template: CI scanner"),
            new NewKeyPage.Start("key:4fT9xQ2mZp7B", "Copy of nightly-import"));
    NewKeyPage.Form blank = new NewKeyPage.Form("appsec", "", "", "P90D", "", false, "", "24h");
    NewKeyPage.Form filled =
        new NewKeyPage.Form(
            "appsec",
            "nightly-import",
            "Loads the findings of the night into the data warehouse",
            "date",
            "2027-01-31",
            false,
            "",
            "24h");
    Set<String> had = Set.copyOf(nightly().scopes());
    Set<String> now = Set.of("scans:read", "issues:read", "files:read", "scans:manage");
    return List.of(
        new Shown(
            "new-key",
            "choose",
            owner(),
            new NewKeyPage(apis, NewKeyPage.Form.BLANK, null, List.of(), null, free, Faults.NONE)),
        new Shown(
            "new-key",
            "empty",
            owner(),
            new NewKeyPage(
                apis, blank, picker(Set.of(), Set.of(), ""), starts, null, free, Faults.NONE)),
        new Shown(
            "new-key",
            "none",
            auditor(),
            new NewKeyPage(
                List.of(), NewKeyPage.Form.BLANK, null, List.of(), null, free, Faults.NONE)),
        new Shown(
            "new-key",
            "full",
            owner(),
            new NewKeyPage(
                apis,
                filled,
                picker(now, Set.of("scans:read"), "the template CI scanner"),
                starts,
                null,
                strict,
                Faults.NONE)),
        new Shown(
            "new-key",
            "error",
            owner(),
            new NewKeyPage(
                apis,
                blank,
                picker(Set.of(), Set.of(), ""),
                starts,
                null,
                free,
                faults(
                    "2 fields are wrong",
                    fault(
                        "/name",
                        "The name is empty; a key needs one",
                        "Say what the team calls it."),
                    fault(
                        "/scopes",
                        "No scope is chosen; a key without scopes could call nothing",
                        "Tick at least one, or choose all scopes.")))),
        new Shown(
            "replace",
            "full",
            owner(),
            new NewKeyPage(
                apis,
                new NewKeyPage.Form("appsec", "nightly-import", "", "P90D", "", false, "", "24h"),
                reaching(picker(now, had, "nightly-import as it is")),
                List.of(),
                nightly(),
                free,
                Faults.NONE)),
        new Shown(
            "reveal",
            "created",
            owner(),
            new RevealPage(nightly(), SecretText.of(TOKEN), "created", "GET /scans", null)),
        new Shown(
            "reveal",
            "rotated",
            owner(),
            new RevealPage(
                nightly(),
                SecretText.of(TOKEN),
                "rotated",
                "",
                "The old token is accepted for 24 h more, until 21 Nov 2026, 09:14. It was last used 11 min ago from 198.51.100.7.")),
        new Shown(
            "reveal",
            "again",
            owner(),
            new RevealPage(nightly(), SecretText.withheld(), "created", "", null)));
  }

  private static KeyUsageAnswer usage(boolean used) {
    List<KeyUsageAnswer.ScopeUse> scopes =
        used
            ? List.of(
                new KeyUsageAnswer.ScopeUse("scans:read", ago("P28D"), ago("PT2H"), 18_214, 0),
                new KeyUsageAnswer.ScopeUse("issues:read", ago("P20D"), ago("P1D"), 2_104, 0),
                new KeyUsageAnswer.ScopeUse("files:read", ago("P20D"), ago("P9D"), 1, 0))
            : List.of();
    return new KeyUsageAnswer(
        "4fT9xQ2mZp7B",
        ago("P30D"),
        NOW,
        used,
        used
            ? new KeyUsageAnswer.LastUse(ago("PT2H"), "203.0.113.18", "warehouse-loader/4.2")
            : null,
        List.of(),
        scopes,
        List.of());
  }

  private static Bars bars(boolean used) {
    return new Bars(
        IntStream.range(0, 30)
            .mapToObj(day ->
                new Bars.Day(
                    Instant.parse("2026-10-22T00:00:00Z").plus(Duration.ofDays(day)),
                    used && day % 7 < 5 ? 400 + (day * 7919) % 600 : 0,
                    used && day > 20 && day % 3 == 0 ? 60 + day : 0))
            .toList());
  }

  private static AuditEventAnswer event(
      long number,
      String action,
      String kind,
      String id,
      String at,
      AuditEventAnswer.Change... changes) {
    return new AuditEventAnswer(
        "e" + number,
        number,
        ago(at),
        action,
        new Reference(kind.equals("chore") ? "chore" : "member", "m1mmmmmmmmmm"),
        new Reference(kind.equals("chore") ? "key" : kind, id),
        kind.equals("chore") ? null : "203.0.113.18",
        "01JD3W5R9ZK4",
        List.of(changes),
        "00",
        "11");
  }

  private static List<Shown> oneKey() {
    KeyAnswer nightly = nightly();
    List<CatalogAnswer.Entry> scopes =
        appsec().stream().filter(entry -> nightly.scopes().contains(entry.scope())).toList();
    List<KeyPage.Refused> refused =
        List.of(
            new KeyPage.Refused("DELETE /scans/{id}", List.of("scans:delete"), 214),
            new KeyPage.Refused("PATCH /issues/{id}", List.of("issues:manage"), 3),
            new KeyPage.Refused("GET /scans", List.of(), 1));
    List<CheckAnswer> checks =
        List.of(
            new CheckAnswer(
                ago("PT8S"),
                nightly.id(),
                nightly.name(),
                "allowed",
                null,
                "appsec",
                "GET /scans",
                needs("scans:read"),
                List.of(),
                "203.0.113.18",
                "warehouse-loader/4.2 (linux; x86-64)"),
            new CheckAnswer(
                ago("PT3M"),
                nightly.id(),
                nightly.name(),
                "denied",
                "insufficient_scope",
                "appsec",
                "DELETE /scans/{id}",
                needs("scans:delete"),
                List.of("scans:delete"),
                "203.0.113.18",
                "curl/8.14.1"),
            new CheckAnswer(
                ago("PT5M"),
                nightly.id(),
                nightly.name(),
                "allowed",
                null,
                "appsec",
                null,
                needs("issues:read"),
                List.of(),
                null,
                null));
    List<KeyPage.Event> events =
        List.of(
            new KeyPage.Event(
                event(1207, "key.edited", "key", nightly.id(), "P2D"), "Jo Lindqvist"),
            new KeyPage.Event(
                event(831, "key.created", "key", nightly.id(), "P28D"), "Ada Okafor"));
    KeyAnswer rotating =
        key("9bQ2LmZp7Xa1", "ci-prod").overlaps().scopes("scans:read", "scans:run").build();
    KeyAnswer owner =
        key("1aZ8kQpWm3nB", "terraform")
            .allScopes()
            .expires(null)
            .used(null)
            .reach(
                new ReachForm.Limited(
                    List.of(
                        ReachForm.Issuable.all("appsec"),
                        ReachForm.Issuable.of("personnel", List.of("view:user", "view:group"))),
                    List.of("appsec")))
            .build();
    return List.of(
        new Shown(
            "key",
            "full",
            owner("Name and purpose are saved."),
            keyPage(nightly, scopes, true, refused, checks, events, Faults.NONE)),
        new Shown(
            "key",
            "empty",
            owner(),
            keyPage(
                owner, List.of(), false, List.of(), List.of(), events.subList(1, 2), Faults.NONE)),
        new Shown(
            "key",
            "rotating",
            auditor(),
            keyPage(rotating, scopes.subList(0, 2), true, List.of(), checks, events, Faults.NONE)),
        new Shown(
            "key",
            "revoked",
            owner("Revoked. This node refuses it now, every other node within 2 s."),
            keyPage(
                key("6fM2iFv7Ip5F", "pentest 2026")
                    .revoked("leaked", "stood in a public log")
                    .build(),
                scopes,
                true,
                List.of(),
                List.of(),
                events,
                Faults.NONE)),
        new Shown(
            "key",
            "tampered",
            owner(),
            keyPage(
                key("8hL4pSx5Yi7H", "backup").state("tampered").build(),
                scopes,
                false,
                List.of(),
                List.of(),
                events,
                Faults.NONE)),
        new Shown(
            "key",
            "error",
            owner(),
            keyPage(
                nightly,
                scopes,
                true,
                refused,
                checks,
                events,
                faults(
                    "name \"ci-prod\" is taken by another key of this organization",
                    fault("/name", "\"ci-prod\" is the name of another key", "")))),
        new Shown("rotate", "full", owner(), new RotatePage(nightly, "24h", "", Faults.NONE)),
        new Shown(
            "rotate",
            "error",
            owner(),
            new RotatePage(
                nightly,
                "7d",
                "0",
                faults(
                    "2 fields are wrong",
                    fault(
                        "/overlap",
                        "7 days go beyond the old token’s own expiry, 24 Nov 2026",
                        "Choose 24 hours or less."),
                    fault("/retire_when_quiet_hours", "0 hours is too short; from 1 to 168", "")))),
        new Shown(
            "revoke",
            "full",
            owner(),
            new RevokePage(
                nightly,
                List.of(
                    new KeyUsageAnswer.LastUse(ago("PT2H"), "203.0.113.18", "warehouse-loader/4.2"),
                    new KeyUsageAnswer.LastUse(ago("P2D"), "198.51.100.7", null)),
                1_284,
                "unused",
                "",
                Faults.NONE)),
        new Shown(
            "revoke",
            "empty",
            owner(),
            new RevokePage(
                key("7dX4rTn2Lk9C", "old dashboard").used(null).build(),
                List.of(),
                0,
                "unused",
                "",
                Faults.NONE)),
        new Shown(
            "revoke",
            "error",
            owner(),
            new RevokePage(
                nightly,
                List.of(),
                1_284,
                "leaked",
                "stood in a public log",
                faults(
                    "the name does not fit",
                    fault(
                        "/confirm",
                        "\"nightly\" is not the name of this key",
                        "Enter nightly-import.")))));
  }

  /** The page of a key of AppSec, whose use is that of every key that is used. */
  private static KeyPage keyPage(
      KeyAnswer key,
      List<CatalogAnswer.Entry> scopes,
      boolean used,
      List<KeyPage.Refused> refused,
      List<CheckAnswer> checks,
      List<KeyPage.Event> events,
      Faults faults) {
    return new KeyPage(
        key,
        "AppSec",
        "Ada Okafor",
        scopes,
        20,
        usage(used),
        bars(used),
        refused,
        checks,
        events,
        KeyPage.Edit.of(key),
        faults);
  }

  private static List<Shown> review() {
    RightSizeAnswer fit =
        new RightSizeAnswer(
            nightly().id(),
            ago("P90D"),
            NOW,
            true,
            "narrower",
            true,
            "3 of 6 scopes would have been enough.",
            20_319,
            new RightSizeAnswer.ProposedGrant(
                "appsec", List.of("scans:read", "issues:read", "files:read"), null),
            List.of("scans:run", "scans:delete", "org:read"),
            List.of());
    RightSizeAnswer nothing =
        new RightSizeAnswer(
            "7dX4rTn2Lk9C",
            ago("P90D"),
            NOW,
            true,
            "nothing_needed",
            false,
            "No scope was needed. There is no grant of nothing: revoke the key, or keep it for a reason.",
            0,
            null,
            List.of(),
            List.of());
    ReviewedKey unfit =
        new ReviewedKey(
            nightly(),
            "high",
            62,
            List.of(
                new FindingAnswer("unused_scopes", "used 3 of 6 scopes, not scans:delete", 40),
                new FindingAnswer("no_expiry", "never expires", 12)),
            ago("PT2H"),
            null,
            fit);
    ReviewedKey unused =
        new ReviewedKey(
            key("7dX4rTn2Lk9C", "old dashboard").used(null).build(),
            "medium",
            30,
            List.of(
                new FindingAnswer("unused", "was never used", 20),
                new FindingAnswer("no_purpose", "has no purpose written down", 2),
                new FindingAnswer("maker_gone", "was made by somebody who is gone", 8)),
            null,
            null,
            nothing);
    ReviewedKey kept =
        new ReviewedKey(
            key("1aZ8kQpWm3nB", "terraform").allScopes().build(),
            "low",
            18,
            List.of(new FindingAnswer("all_scopes", "may do everything its API has to offer", 18)),
            ago("P1D"),
            new ReviewDecisionAnswer(
                "keep",
                "runs once a year",
                in("P80D"),
                ago("P10D"),
                new Reference("member", "m1mmmmmmmmmm"),
                "m1mmmmmmmmmm"),
            null);
    ReviewAnswer half =
        new ReviewAnswer(
            ago("P90D"), NOW, NOW, true, new ReviewAnswer.Progress(40, 19, 9, 3), List.of());
    ReviewAnswer lost =
        new ReviewAnswer(
            ago("P90D"),
            NOW,
            ago("PT1M"),
            false,
            new ReviewAnswer.Progress(40, 2, 9, 3),
            List.of());
    ReviewAnswer none =
        new ReviewAnswer(
            ago("P90D"), NOW, NOW, true, new ReviewAnswer.Progress(12, 0, 0, 0), List.of());
    ReviewAnswer done =
        new ReviewAnswer(
            ago("P90D"), NOW, NOW, true, new ReviewAnswer.Progress(12, 0, 12, 0), List.of());
    List<ReviewPage.Row> rows =
        List.of(new ReviewPage.Row(unfit, ""), new ReviewPage.Row(unused, ""));
    return List.of(
        new Shown(
            "review",
            "full",
            owner(),
            new ReviewPage(half, rows, "open", ReviewPage.Sent.NOTHING, Faults.NONE)),
        new Shown(
            "review",
            "all",
            auditor(),
            new ReviewPage(
                lost,
                List.of(rows.get(1), new ReviewPage.Row(kept, "Ada Okafor")),
                "all",
                ReviewPage.Sent.NOTHING,
                Faults.NONE)),
        new Shown(
            "review",
            "empty",
            owner(),
            new ReviewPage(none, List.of(), "open", ReviewPage.Sent.NOTHING, Faults.NONE)),
        new Shown(
            "review",
            "done",
            owner("nightly-import is kept, and asked about again in 90 days."),
            new ReviewPage(done, List.of(), "open", ReviewPage.Sent.NOTHING, Faults.NONE)),
        new Shown(
            "review",
            "error",
            owner(),
            new ReviewPage(
                half,
                rows,
                "open",
                new ReviewPage.Sent(nightly().id(), "", "30d"),
                new Faults(
                    "",
                    List.of(
                        new Faults.Fault(
                            "reason-" + nightly().id(),
                            "reason is empty; a key is kept for a reason",
                            "say why the key is needed as it is"))))),
        new Shown(
            "revoke-keys",
            "full",
            owner(),
            new RevokeKeysPage(
                List.of(nightly(), key("9bQ2LmZp7Xa1", "ci-prod").build()), "", Faults.NONE)),
        new Shown(
            "revoke-keys",
            "error",
            owner(),
            new RevokeKeysPage(
                List.of(nightly(), key("9bQ2LmZp7Xa1", "ci-prod").build()),
                "Nobody knows them.",
                Faults.of(
                    "confirm", "what is entered is not the number of these keys", "Enter 2."))));
  }

  private static List<Shown> catalog() {
    CatalogAnswer catalog =
        new CatalogAnswer(
            1,
            "appsec",
            "AppSec",
            "nex",
            3,
            appsec(),
            List.of(
                new CatalogAnswer.Template(
                    "CI pipeline",
                    "Scans each build, and stops a scan that takes too long.",
                    List.of("scans:read", "scans:run", "scans:stop"))));
    ApiAnswer appsec = apis().getFirst();
    List<KeyAnswer> keys = List.of(nightly(), key("9bQ2LmZp7Xa1", "ci-prod").build());
    OperationsChange change =
        new OperationsChange(
            "appsec",
            4,
            false,
            15,
            new OperationsChange.Difference(
                List.of(
                    operation(
                        "GET", "/reports/{id}", "Show a report", "Reports", needs("scans:read"))),
                List.of("POST /scans/{id}/stop"),
                List.of(
                    new OperationsChange.Changed(
                        operation("DELETE", "/scans/{id}", "", "Scans", needs("scans:manage")),
                        needs("scans:delete"))),
                List.of()),
            List.of("GET /health"),
            List.of(),
            List.of(),
            List.of(
                new OperationsChange.Note(
                    214,
                    "/paths/~1health/get/security/0",
                    "anonymous",
                    "GET /health",
                    "security is [{}], so that everybody may call it")),
            List.of(
                new OperationsChange.Affected(
                    "9bQ2LmZp7Xa1",
                    "nex_9bQ2LmZp7Xa1…",
                    "ci-prod",
                    "8sKd03LwQz1X",
                    List.of("DELETE /scans/{id}"),
                    1)),
            1,
            List.of(),
            0,
            "9f2c");
    CatalogChange scopes =
        new CatalogChange(
            "appsec",
            3,
            false,
            new CatalogChange.Difference(
                List.of("reports:read"),
                List.of("scans:delete"),
                List.of("files:write"),
                List.of(new CatalogChange.Implication("scans:run", "scans:read")),
                List.of(),
                List.of("issues:read"),
                List.of("CI pipeline")),
            List.of(
                new CatalogChange.Gaining(
                    "9bQ2LmZp7Xa1",
                    "nex_9bQ2LmZp7Xa1…",
                    "ci-prod",
                    "8sKd03LwQz1X",
                    List.of("scans:read"))),
            1,
            "77ab");
    return List.of(
        new Shown(
            "catalog",
            "full",
            owner(),
            new CatalogPage(apis(), appsec, catalog, Map.of("scans:read", 2, "scans:run", 2))),
        new Shown("catalog", "empty", owner(), new CatalogPage(List.of(), null, null, Map.of())),
        new Shown(
            "operations", "full", owner(), new OperationsPage(apis(), appsec, "", operations())),
        new Shown(
            "operations", "empty", auditor(), new OperationsPage(apis(), appsec, "", List.of())),
        new Shown(
            "operation",
            "full",
            owner(),
            new OperationPage(appsec, operations().get(5), keys, true)),
        new Shown(
            "operation",
            "empty",
            owner(),
            new OperationPage(appsec, operations().getLast(), List.of(), false)),
        new Shown(
            "import",
            "empty",
            owner(),
            new ImportPage(appsec, ImportPage.OPERATIONS, null, "", Faults.NONE)),
        new Shown(
            "import",
            "full",
            owner(),
            new ImportPage(
                appsec,
                ImportPage.OPERATIONS,
                new ImportPage.OfOperations(change),
                "u1",
                Faults.NONE)),
        new Shown(
            "import",
            "catalog",
            owner(),
            new ImportPage(
                appsec, ImportPage.CATALOG, new ImportPage.OfCatalog(scopes), "u1", Faults.NONE)),
        new Shown(
            "import",
            "error",
            owner(),
            new ImportPage(
                appsec,
                ImportPage.OPERATIONS,
                null,
                "",
                faults(
                    "the document cannot be read as OpenAPI",
                    fault(
                        "/document",
                        "line 214: \"security\" is a string; a list of objects belongs there",
                        "")))));
  }

  private static List<Shown> audit() {
    List<AuditPage.Row> rows =
        List.of(
            new AuditPage.Row(
                event(
                    1208,
                    "key.revoked",
                    "key",
                    "6fM2iFv7Ip5F",
                    "PT3H",
                    new AuditEventAnswer.Change("state", "active", "revoked"),
                    new AuditEventAnswer.Change("reason", null, "leaked")),
                "Ada Okafor",
                "pentest 2026",
                "/keys/6fM2iFv7Ip5F"),
            new AuditPage.Row(
                event(
                    1207,
                    "member.role_changed",
                    "member",
                    "m2mmmmmmmmmm",
                    "P1D",
                    new AuditEventAnswer.Change("role", "member", "auditor")),
                "Ada Okafor",
                "Jo Lindqvist",
                "/members/m2mmmmmmmmmm"),
            new AuditPage.Row(
                event(1206, "key.expiring", "chore", "9bQ2LmZp7Xa1", "P2D"),
                "expiry warnings",
                "ci-prod",
                "/keys/9bQ2LmZp7Xa1"),
            new AuditPage.Row(
                event(
                    1205,
                    "checks.denied",
                    "organization",
                    "8sKd03LwQz1X",
                    "P2D",
                    new AuditEventAnswer.Change("insufficient_scope", null, "214")),
                "sums of denials",
                "Acme",
                null));
    return List.of(
        new Shown(
            "audit",
            "full",
            owner(),
            new AuditPage(rows, "c9", AuditPage.Filter.NONE, null, Faults.NONE)),
        new Shown(
            "audit",
            "whole",
            owner(),
            new AuditPage(
                rows,
                null,
                new AuditPage.Filter("key.revoked", "", "", "2026-11-01", ""),
                new AuditPage.Chain(1208, 12, null),
                Faults.NONE)),
        new Shown(
            "audit",
            "broken",
            owner(),
            new AuditPage(
                rows,
                null,
                AuditPage.Filter.NONE,
                new AuditPage.Chain(
                    1208,
                    12,
                    "Event 1104 does not fit event 1103: its previous hash is another one. What came before it can be trusted up to the checkpoint of 31 Oct 2026."),
                Faults.NONE)),
        new Shown(
            "audit",
            "empty",
            owner(),
            new AuditPage(List.of(), null, AuditPage.Filter.NONE, null, Faults.NONE)),
        new Shown(
            "audit",
            "error",
            owner(),
            new AuditPage(
                List.of(),
                null,
                new AuditPage.Filter("", "", "", "2026-11-20", "2026-11-01"),
                null,
                faults(
                    "the window ends before it begins",
                    fault("/until", "1 Nov 2026 is before 20 Nov 2026", "")))));
  }

  private static MemberAnswer member(
      String id, String name, String mail, String role, @Nullable Instant mfaSince) {
    return new MemberAnswer(
        id,
        mail,
        name,
        role,
        "active",
        mfaSince,
        mfaSince == null ? null : ago("PT2H"),
        ago("P400D"),
        new Reference("member", "m1mmmmmmmmmm"));
  }

  private static List<Shown> people() {
    MembersPage.Member ada =
        new MembersPage.Member(
            member("m1mmmmmmmmmm", "Ada Okafor", "ada@acme.example", "owner", ago("P90D")), true);
    MembersPage.Member jo =
        new MembersPage.Member(
            member("m2mmmmmmmmmm", "Jo Lindqvist", "jo@acme.example", "auditor", ago("P3D")),
            false);
    MembersPage.Member mateus =
        new MembersPage.Member(
            member(
                "m3mmmmmmmmmm",
                "Mateus Ferreira da Conceição",
                "mateus.ferreira.da.conceicao@very-long-subsidiary-name.acme.example",
                "member",
                null),
            false);
    List<String> roles = List.of("owner", "admin", "member", "auditor");
    MembersPage.Invitation invitation =
        new MembersPage.Invitation(
            "kim@acme.example",
            "https://keys.acme.example/join#Zk3u8QmT1xV9",
            "Ada Okafor invites you to Acme on Bitting, as member.\n\nhttps://keys.acme.example/join#Zk3u8QmT1xV9\n\nThe link works once, until 27 Nov 2026, 09:14 UTC.",
            false,
            in("P7D"));
    OrganizationAnswer acme =
        new OrganizationAnswer(
            "8sKd03LwQz1X",
            "acme",
            "Acme",
            false,
            "active",
            true,
            new PolicyAnswer(180, true, null, 400, null, null),
            null,
            ago("P400D"));
    SettingsPage.Form form = new SettingsPage.Form("180", true, true, "90", "400", "", "365");
    SettingsPage.Form wrong = new SettingsPage.Form("soon", true, true, "90", "400", "", "365");
    SettingsPage.Factor off =
        new SettingsPage.Factor(
            null,
            List.of("Mateus Ferreira da Conceição", "Kim Tran", "Lu Wei"),
            false,
            List.of("Kim Tran"));
    SettingsPage.Factor on =
        new SettingsPage.Factor(in("P7D"), List.of("Lu Wei"), false, List.of());
    SettingsPage.Factor all = new SettingsPage.Factor(null, List.of(), false, List.of());
    return List.of(
        new Shown(
            "members",
            "full",
            owner(),
            new MembersPage(
                List.of(ada, jo, mateus),
                "c2",
                List.of(
                    new MembersPage.Invited(
                        "i1", "kim@acme.example", "member", "Ada Okafor", in("P6D"))),
                null,
                MembersPage.Form.BLANK,
                roles,
                Faults.NONE)),
        new Shown(
            "members",
            "empty",
            auditor(),
            new MembersPage(
                List.of(ada),
                null,
                List.of(),
                null,
                MembersPage.Form.BLANK,
                roles.subList(2, 4),
                Faults.NONE)),
        new Shown(
            "members",
            "invited",
            owner(),
            new MembersPage(
                List.of(ada, jo),
                null,
                List.of(),
                invitation,
                MembersPage.Form.BLANK,
                roles,
                Faults.NONE)),
        new Shown(
            "members",
            "error",
            owner(),
            new MembersPage(
                List.of(ada, jo),
                null,
                List.of(),
                null,
                new MembersPage.Form("kim@", "admin"),
                roles,
                faults(
                    "\"kim@\" is not a mail address",
                    fault("/mail", "\"kim@\" is not a mail address; it has no domain", "")))),
        new Shown(
            "member",
            "full",
            owner(),
            new MemberPage(
                mateus,
                roles,
                List.of(nightly(), key("7dX4rTn2Lk9C", "old dashboard").used(null).build()),
                false,
                null,
                Faults.NONE)),
        new Shown(
            "member",
            "last",
            owner(),
            new MemberPage(
                ada,
                roles,
                List.of(),
                false,
                "You are the last owner: make somebody else an owner before you leave or take a lesser role.",
                Faults.NONE)),
        new Shown(
            "member",
            "error",
            owner(),
            new MemberPage(
                jo,
                roles,
                List.of(),
                false,
                null,
                faults(
                    "the mail address does not fit",
                    fault(
                        "/confirm",
                        "\"jo\" is not the mail address of this member",
                        "Enter jo@acme.example.")))),
        new Shown(
            "settings",
            "full",
            owner(),
            new SettingsPage(
                acme,
                "Acme",
                form,
                new SettingsPage.Preview(140, false, 12, 1, 3, List.of(nightly())),
                off,
                Faults.NONE)),
        new Shown(
            "settings",
            "on",
            auditor(),
            new SettingsPage(acme, "Acme", form, null, on, Faults.NONE)),
        new Shown(
            "settings",
            "empty",
            owner("The policies are saved."),
            new SettingsPage(acme, "Acme", form, null, all, Faults.NONE)),
        new Shown(
            "settings",
            "error",
            owner(),
            new SettingsPage(
                acme,
                "Acme",
                wrong,
                null,
                all,
                faults(
                    "1 field is wrong",
                    fault(
                        "/key_lifetime_max_days",
                        "\"soon\" is not a number of days; from 1 to 3650, or empty",
                        "")))),
        new Shown(
            "account",
            "full",
            owner(),
            new AccountPage(
                ago("P100D"),
                List.of(new AccountPage.Key("p1", "laptop", ago("P40D"), ago("PT20M"))),
                8,
                List.of(
                    new AccountPage.SignedIn(
                        "s1", "Firefox on Linux", "203.0.113.18", ago("PT20M"), NOW, true),
                    new AccountPage.SignedIn(
                        "s2", "Safari on iPhone", "198.51.100.7", ago("P3D"), ago("P1D"), false)),
                Faults.NONE)),
        new Shown(
            "account",
            "empty",
            owner(),
            new AccountPage(
                null,
                List.of(),
                0,
                List.of(
                    new AccountPage.SignedIn(
                        "s1", "Firefox on Linux", "203.0.113.18", ago("PT20M"), NOW, true)),
                Faults.NONE)),
        new Shown(
            "account",
            "error",
            owner(),
            new AccountPage(
                ago("P100D"),
                List.of(),
                10,
                List.of(
                    new AccountPage.SignedIn(
                        "s1", "Firefox on Linux", "203.0.113.18", ago("PT20M"), NOW, true)),
                faults(
                    "the password is too common",
                    fault(
                        "/new_password",
                        "\"correct horse\" is among the commonest passwords",
                        "Choose another.")))));
  }

  private static List<Shown> doors() {
    String square =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 21 21\" shape-rendering=\"crispEdges\"><path fill=\"#000\" d=\"M0 0h7v7h-7zM1 1v5h5v-5zM2 2h3v3h-3zM14 0h7v7h-7zM15 1v5h5v-5zM16 2h3v3h-3zM0 14h7v7h-7zM1 15v5h5v-5zM2 16h3v3h-3zM9 1h2v3h-2zM8 6h3v2h-3zM12 9h4v2h-4zM9 12h3v4h-3zM15 13h2v5h-2zM18 16h3v3h-3z\"/></svg>";
    String options =
        "{\"challenge\":\"Zk3u8QmT1xV9\",\"rp\":{\"name\":\"Bitting\"},\"user\":{\"id\":\"YWRh\",\"name\":\"ada@acme.example\",\"displayName\":\"Ada\"},\"pubKeyCredParams\":[{\"type\":\"public-key\",\"alg\":-7}]}";
    String ask = "{\"challenge\":\"Zk3u8QmT1xV9\"}";
    return List.of(
        new Shown(
            "sign-in", "empty", nobody(), new SignInPage("", "/keys", null, ask, Faults.NONE)),
        new Shown(
            "sign-in",
            "again",
            nobody(),
            new SignInPage(
                "ada@acme.example",
                "/keys/new",
                "You were signed out after 8 h without a click. Sign in to go on where you were.",
                ask,
                Faults.NONE)),
        new Shown(
            "sign-in",
            "error",
            nobody(),
            new SignInPage(
                "ada@acme.example",
                "/keys",
                null,
                "",
                faults("no account has this mail address and this password"))),
        new Shown(
            "second-factor",
            "empty",
            nobody(),
            new SecondFactorPage("/keys", "", true, ask, Faults.NONE)),
        new Shown(
            "second-factor",
            "fresh",
            owner(),
            new SecondFactorPage(
                "/settings", "stop requiring a second factor", true, "", Faults.NONE)),
        new Shown(
            "second-factor",
            "error",
            nobody(),
            new SecondFactorPage(
                "/keys",
                "",
                true,
                ask,
                faults(
                    "the code does not fit",
                    fault(
                        "/code",
                        "482913 is not the code of now",
                        "Wait for the next one; check the clock of the device.")))),
        new Shown(
            "enrol",
            "full",
            owner(),
            new EnrolPage(
                square,
                "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
                "Acme requires a second factor. Until you have one, there is nothing else to do here.",
                List.of(new Frame.Other("labs", "Acme Labs")),
                options,
                Faults.NONE)),
        new Shown(
            "enrol",
            "error",
            owner(),
            new EnrolPage(
                square,
                "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
                null,
                List.of(),
                options,
                faults(
                    "the code does not fit",
                    fault(
                        "/code",
                        "000000 is not the code of now",
                        "Wait for the next one; check the clock of the device.")))),
        new Shown(
            "codes",
            "full",
            owner(),
            new CodesPage(
                IntStream.range(0, 10)
                    .mapToObj(i -> "k3f" + i + "-q8zt-m1xv-9bwd-h7rs-t2np")
                    .toList())),
        new Shown("setup", "empty", nobody(), new SetupPage(false, "", "", "", Faults.NONE)),
        new Shown("setup", "over", nobody(), new SetupPage(true, "", "", "", Faults.NONE)),
        new Shown(
            "setup",
            "error",
            nobody(),
            new SetupPage(
                false,
                "Acme",
                "Ada Okafor",
                "ada@acme.example",
                faults(
                    "2 fields are wrong",
                    fault(
                        "/code",
                        "The code is used, or 30 minutes are over",
                        "Start the server again: it prints another."),
                    fault("/password", "the password has 4 characters; at least 8", "")))),
        new Shown(
            "join",
            "full",
            nobody(),
            new JoinPage(
                new JoinPage.Offer("Acme", "kim@acme.example", "member", "Ada Okafor", in("P6D")),
                "Zk3u8QmT1xV9",
                "",
                false,
                Faults.NONE)),
        new Shown(
            "join",
            "known",
            nobody(),
            new JoinPage(
                new JoinPage.Offer("Acme", "kim@acme.example", "member", "Ada Okafor", in("P6D")),
                "Zk3u8QmT1xV9",
                "",
                true,
                Faults.NONE)),
        new Shown("join", "empty", nobody(), new JoinPage(null, "", "", false, Faults.NONE)),
        new Shown(
            "join",
            "error",
            nobody(),
            new JoinPage(
                null,
                "",
                "",
                false,
                faults(
                    "this invitation was used, was withdrawn, ran out, or its link was not copied whole; whoever invited you can make another"))),
        new Shown(
            "refusal",
            "error",
            owner(),
            new RefusalPage(
                problem("not_found", 404, "Not found", "There is no key 4fT9xQ2mZp7B in Acme."),
                "It may be in another of your organizations: switch at the top, and open the link again.")),
        new Shown(
            "refusal",
            "away",
            nobody(),
            new RefusalPage(
                problem(
                    "unavailable",
                    503,
                    "Not available now",
                    "The database does not answer, so that nothing can be looked up or changed."),
                "Keys that were known go on working meanwhile. Load the page again in a minute.")));
  }
}
