package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.member.SignIn;
import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form that makes keys: what a link fills in, what it offers, and what it makes. */
final class NewKeyPageTest {
  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();
  private final String api = server.api();
  private final SignedIn owner = SignedIn.as(tenant, Role.OWNER);

  /** Sends the form of a key. */
  private static TestServer.Reply make(SignedIn who, String api, String name, String... rest) {
    return who.post("/keys", joined(rest, "api", api, "name", name));
  }

  /** Sends the form of a key that verifies the keys of an API. */
  private static TestServer.Reply makeVerifying(
      SignedIn who, String name, String api, String... rest) {
    String[] verifying = {"scopes", "keys:verify", "reaches", "some", "verifies", api};
    return make(who, "bitting", name, joined(rest, verifying));
  }

  private static String[] joined(String[] some, String... others) {
    return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void page_withoutAnApi_offersThoseWithACatalog() {
    String page = owner.page("/keys/new");

    assertThat(page)
        .contains("href=\"/keys/new?api=" + api + "\"", "href=\"/keys/new?api=bitting\"");
  }

  @Test
  void page_ofAnApi_offersItsScopesWithLevelsAndWhatTheyCover() {
    String page = owner.page("/keys/new?api=" + api);

    assertThat(box(page, "orders:write"))
        .contains("data-access=\"write\"", "covers orders:read too", "Places orders.");
    assertThat(box(page, "orders:refund")).contains("data-access=\"danger\"");
    assertThat(page)
        .as("a retired scope")
        .doesNotContain("orders:export")
        .contains("value=\"P90D\" checked", "value=\"specific\" checked", "0 scopes in 0 groups");
  }

  @Test
  void page_ofALink_isFilledIn() {
    String page =
        owner.page(
            "/keys/new?api=" + api + "&name=n%20%3Cb%3E&scopes=orders:read+bot&expires=P30D");

    assertThat(box(page, "orders:read")).contains(" checked");
    assertThat(box(page, "bot")).contains(" checked");
    assertThat(box(page, "orders:write")).doesNotContain(" checked");
    assertThat(page).contains("value=\"P30D\" checked", "value=\"n &lt;b", "2 scopes in 1 group");
  }

  @Test
  void page_ofALinkWithAnotherLife_isFilledInByDate() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(45);

    String page = owner.page("/keys/new?api=" + api + "&expires=P45D");

    assertThat(page).contains("value=\"date\" checked", "value=\"" + day + "\"");
  }

  @Test
  void page_ofALinkWithFaults_saysEveryOne() {
    TestServer.Reply reply =
        owner.get(
            "/keys/new?api="
                + api
                + "&scopes=orders:read+orders:raed+%3Ci%3E+orders:export&expires=soon&template=ci");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("<code>orders:raed</code>", "<code>&lt;i&gt;</code>")
        .contains("orders:export cannot be chosen here: it is retired")
        .contains("\"soon\" is no length of life")
        .contains("There is no template \"ci\"")
        .doesNotContain("<i>");
    assertThat(box(reply.text(), "orders:read")).contains(" checked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"P0D", "P-3D", "-P3D", "P99999999Y", "P1000000000D", "1999-01-01", "90", "PT5M"})
  void page_ofALinkWithALifeThatIsNone_saysSo(String expires) {
    TestServer.Reply reply = owner.get("/keys/new?api=" + api + "&expires=" + expires);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("is no length of life", "value=\"P90D\" checked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"access=some", "reaches=here", "overlap=8d"})
  void page_ofALinkWithAChoiceThatIsNone_isRefusedInWords(String choice) {
    TestServer.Reply reply = owner.get("/keys/new?api=" + api + "&" + choice);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("\"" + choice.replace("=", "\" is \"") + "\"", "<html");
  }

  @Test
  void page_ofAnUnknownApi_offersTheOthers() {
    TestServer.Reply reply = owner.get("/keys/new?api=%3Cu%3E");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("There is no API", "/keys/new?api=" + api)
        .doesNotContain("<u>");
  }

  @Test
  void page_ofAReplacement_hasWhatTheOldKeyHasAndWhatIsAdded() {
    Tenant.Made old = tenant.key(api, "orders:read", "bot");

    String page = owner.page("/keys/new?replaces=" + old.id() + "&add=orders:refund");

    assertThat(box(page, "orders:read")).contains(" checked", "data-before=\"yes\"");
    assertThat(box(page, "orders:refund")).contains(" checked").doesNotContain("data-before");
    assertThat(page)
        .contains("value=\"" + old.shown().path("name").asText() + "\"")
        .contains("name=\"replaces\" value=\"" + old.id() + "\"")
        .contains("<span class=\"plus\">+1</span> <span class=\"minus\">−0</span>");
  }

  /** The way from a refusal to the form that mends it. */
  @Test
  void page_ofTheLinkInARefusal_isFilledIn() {
    Tenant.Made old = tenant.key("bitting", "org:read");

    JsonNode refusal = server.post(old.token(), tenant.path("/api-keys"), "{}").json();
    String fix = refusal.path("fix").asText();
    String base = server.server().baseUrl();

    assertThat(refusal.path("code").asText()).isEqualTo("insufficient_scope");
    assertThat(fix).isEqualTo(base + "/keys/new?replaces=" + old.id() + "&add=keys:issue");
    String page = owner.page(fix.substring(base.length()));
    assertThat(box(page, "org:read")).contains(" checked");
    assertThat(box(page, "keys:issue")).contains(" checked");
  }

  @Test
  void page_ofAReplacementOfWhatIsGone_saysWhy() {
    Tenant.Made old = tenant.key(api, "orders:read");
    tenant.change(old, "revoke").ok();

    TestServer.Reply reply = owner.get("/keys/new?replaces=" + old.id());

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("revoked is for ever");
  }

  @Test
  void page_ofAReplacementOfSomebodyElsesKey_isThatOfNoKey() {
    String foreign = server.tenant().key(api, "orders:read").id();

    for (String id : List.of(foreign, "000000000000", "x")) {
      assertThat(owner.get("/keys/new?replaces=" + id).status()).isEqualTo(404);
      assertThat(make(owner, api, "n", "replaces", id).status()).isEqualTo(404);
      assertThat(owner.get("/keys/new?start=key:" + id).text()).contains("There is no key");
    }
  }

  @Test
  void page_withAnUnknownParameter_isRefused() {
    assertThat(owner.get("/keys/new?scope=a").status()).isEqualTo(400);
  }

  @Test
  void page_ofAMember_saysWhatIsBeyondTheRole() {
    String page = SignedIn.as(tenant, Role.MEMBER).page("/keys/new?api=" + api);

    assertThat(box(page, "orders:write")).doesNotContain(" disabled");
    assertThat(box(page, "orders:refund"))
        .contains(" disabled", "More than your role, member, may give");
    assertThat(box(page, "keys:issue")).contains(" disabled");
    assertThat(page).contains("more than your role, member, may give");
  }

  /** What the form disables is refused by the endpoint too, and nothing else is. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void page_ofARole_disablesJustWhatIsRefused(Role role) {
    SignedIn somebody = SignedIn.as(tenant, role);
    for (String where : List.of(api, "bitting")) {
      String page = somebody.page("/keys/new?api=" + where);
      Matcher boxes =
          Pattern.compile("<input[^>]* name=\"scopes\" value=\"([^\"]+)\"([^>]*)>").matcher(page);
      int seen = 0;
      while (boxes.find()) {
        seen++;
        String scope = boxes.group(1);
        TestServer.Reply reply =
            make(somebody, where, server.unique("n"), "access", "specific", "scopes", scope);
        assertThat(reply.status() == 200)
            .as("%s %s: %s", role, scope, reply.status())
            .isNotEqualTo(boxes.group(2).contains(" disabled"));
      }
      assertThat(seen).isPositive();
    }
  }

  @Test
  void create_showsTheTokenOnceAndNowhereElse() {
    TestServer.Reply reply =
        make(
            owner,
            api,
            "nightly",
            "purpose",
            "loads",
            "expires",
            "P30D",
            "access",
            "specific",
            "scopes",
            "orders:read",
            "scopes",
            "bot");

    String token = RevealedToken.of(reply);
    assertThat(reply.text())
        .contains("<title>Key created · ", "curl -H \"Authorization: Bearer " + token);
    assertThat(server.verify(token, api, "orders:read", "bot")).isEqualTo("allowed");
    JsonNode key = tenant.keys().getFirst();
    assertThat(key.path("name").asText()).isEqualTo("nightly");
    assertThat(key.path("expires_at").asText())
        .startsWith(LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
    RevealedToken.assertNowhereElse(token, owner, key.path("id").asText());
  }

  @Test
  void create_withAllScopesAndNoEnd_makesSuchAKey() {
    make(owner, api, "all", "expires", "never", "access", "all");

    JsonNode key = tenant.keys().getFirst();
    assertThat(key.path("all_scopes").asBoolean()).isTrue();
    assertThat(key.path("expires_at").isNull()).isTrue();
  }

  @Test
  void create_untilADay_makesAKeyThatWorksOnThatDay() {
    make(owner, api, "dated", "expires", "date", "date", "2099-03-01", "scopes", "bot");

    assertThat(tenant.keys().getFirst().path("expires_at").asText())
        .isEqualTo("2099-03-01T23:59:59.000Z");
  }

  @Test
  void create_withFaults_showsThemAllAndWhatWasSent() {
    String before = tenant.everything();

    TestServer.Reply reply =
        make(
            owner,
            api,
            "",
            "purpose",
            "for <i>",
            "expires",
            "date",
            "date",
            "tomorrow",
            "access",
            "specific");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("href=\"#name\"", "href=\"#expires-at\"", "href=\"#scopes\"")
        .contains("scopes is empty", "value=\"for &lt;i", "value=\"date\" checked", "tomorrow")
        .contains("a key that may do nothing is of no use. Name at least one scope");
    assertThat(tenant.everything()).isEqualTo(before);
  }

  @Test
  void create_withFaults_keepsWhatWasTicked() {
    TestServer.Reply reply = make(owner, api, "", "scopes", "bot", "scopes", "orders:read");

    assertThat(box(reply.text(), "bot")).contains(" checked");
    assertThat(box(reply.text(), "orders:read")).contains(" checked");
    assertThat(box(reply.text(), "orders:write")).doesNotContain(" checked");
  }

  @Test
  void create_withATakenName_saysSoAtTheName() {
    String taken = tenant.key(api, "bot").shown().path("name").asText();

    TestServer.Reply reply = make(owner, api, taken, "scopes", "bot");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("id=\"name-fault\"");
  }

  @Test
  void create_beyondTheRole_isRefusedInTheForm() {
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);
    String before = tenant.everything();

    TestServer.Reply reply = make(member, api, "n", "scopes", "orders:refund");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("No key was created");
    assertThat(tenant.everything()).isEqualTo(before);
  }

  @Test
  void create_ofAnAdministrativeKey_takesAFreshProofAndLeadsBackToTheFormAsItWas() {
    SignedIn stale =
        SignedIn.as(
            tenant, Role.OWNER, Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(SignIn.FRESH));

    TestServer.Reply reply =
        make(stale, "bitting", "m & n", "scopes", "keys:read", "scopes", "keys:manage");

    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    assertThat(reply.header("Location"))
        .isEqualTo(
            "/sign-in/second-factor?fresh=1&to="
                + Addresses.value(
                    "/keys/new?api=bitting&name=m+%26+n&scopes=keys%3Aread+keys%3Amanage"));
    assertThat(stale.page("/keys")).doesNotContain("m &amp; n");
  }

  /**
   * What the form holds apart from the name: its fields, and of what there is to choose what is
   * chosen.
   */
  private static List<String> filledIn(String page) {
    String form =
        page.substring(page.indexOf("action=\"/keys\""), page.indexOf("class=\"summary\""));
    Predicate<String> chosen = Pattern.compile(" (checked|selected)").asPredicate();
    return Pattern.compile("<(input|option)[^>]*>")
        .matcher(form)
        .results()
        .map(MatchResult::group)
        .filter(tag -> !tag.contains("name=\"name\"") && !tag.contains(FormToken.FIELD))
        .filter(tag -> !tag.matches("(?s)<option.*|.*\"(checkbox|radio)\".*") || chosen.test(tag))
        .toList();
  }

  /**
   * Sends a form that takes a fresh proof, and compares where that leads back to with the same form
   * as it is shown again for a fault, here in the name.
   */
  private static void expectTheSameBack(Tenant tenant, String name, String... rest) {
    SignedIn stale =
        SignedIn.as(
            tenant, Role.OWNER, Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(SignIn.FRESH));
    TestServer.Reply reply = stale.post("/keys", joined(rest, "name", name));
    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    String location = reply.header("Location");
    assertThat(location).startsWith("/sign-in/second-factor?fresh=1&to=");
    String to =
        URLDecoder.decode(location.substring(location.indexOf("to=") + 3), StandardCharsets.UTF_8);
    assertThat(Addresses.local(to)).isEqualTo(to);

    SignedIn fresh = SignedIn.as(tenant, Role.OWNER);
    TestServer.Reply again = fresh.post("/keys", joined(rest, "name", ""));
    assertThat(again.status()).isEqualTo(422);
    String back = fresh.page(to);
    assertThat(filledIn(back)).hasSizeGreaterThan(5).isEqualTo(filledIn(again.text()));
    assertThat(tag(back, "name=\"name\"")).contains("value=\"" + name + "\"");
  }

  @Test
  void create_ofAllScopesAfterAFreshProof_isFilledInAsItWas() {
    expectTheSameBack(
        tenant,
        "wide",
        "api",
        "bitting",
        "purpose",
        "runs & stops",
        "access",
        "all",
        "reaches",
        "everything",
        "expires",
        "date",
        "date",
        LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
  }

  @Test
  void create_withAReachAfterAFreshProof_isFilledInAsItWas() {
    Tenant operating = server.operator();
    String model = operating.key("bitting", "keys:issue").id();
    expectTheSameBack(
        operating,
        "gateway",
        "api",
        "bitting",
        "start",
        "key:" + model,
        "access",
        "specific",
        "scopes",
        "keys:verify",
        "scopes",
        "keys:manage",
        "reaches",
        "some",
        "verifies",
        api,
        "verifies",
        "bitting",
        "expires",
        "never");
  }

  /** What was chosen otherwise than the old key has it is not the old key's again. */
  @Test
  void replace_afterAFreshProof_isFilledInAsItWas() {
    Tenant operating = server.operator();
    String name = server.unique("gateway");
    makeVerifying(SignedIn.as(operating, Role.OWNER), name, api, "purpose", "guards the door");
    for (String reaches : List.of("some", "everything")) {
      expectTheSameBack(
          operating,
          name + " 2",
          "api",
          "bitting",
          "replaces",
          newest(operating, name).path("id").asText(),
          "purpose",
          "",
          "scopes",
          "keys:manage",
          "scopes",
          "keys:verify",
          "reaches",
          reaches,
          "expires",
          "P180D",
          "overlap",
          "1h");
    }
  }

  /** What is too long for an address is left out of it, and not the address forgotten. */
  @Test
  void create_ofALongPurposeAfterAFreshProof_leadsBackToTheRest() {
    SignedIn stale =
        SignedIn.as(
            tenant, Role.OWNER, Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(SignIn.FRESH));
    for (String purpose : List.of("\u00fc".repeat(500), "\u6f22".repeat(500))) {
      String location =
          stale
              .post(
                  "/keys",
                  joined(
                      new String[] {"api", "bitting", "scopes", "keys:manage", "purpose", purpose},
                      "name",
                      "long"))
              .header("Location");
      String page =
          stale.page(
              Addresses.local(
                  URLDecoder.decode(
                      location.substring(location.indexOf("to=") + 3), StandardCharsets.UTF_8)));
      assertThat(stale.page(location)).contains("name=\"to\"");
      assertThat(box(page, "keys:manage")).contains(" checked");
      assertThat(page.contains(purpose)).isEqualTo(purpose.startsWith("\u00fc"));
    }
  }

  @Test
  void create_byAnAuditor_isRefused() {
    TestServer.Reply reply = make(SignedIn.as(tenant, Role.AUDITOR), api, "n", "scopes", "bot");

    assertThat(reply.status()).isEqualTo(403);
  }

  @Test
  void create_withoutTheFormsToken_makesNothing() {
    String before = tenant.everything();

    TestServer.Reply reply = owner.postRaw("/keys", "api=" + api + "&name=n&scopes=bot");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(tenant.everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u202Eeman", "a\u0000b", "a\nb", "\uD83D\uDC68\u200D\uD83D\uDC69"})
  void create_withANameThatDoesNotPrint_isRefused(String name) {
    TestServer.Reply reply = make(owner, api, name, "scopes", "bot");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("id=\"name-fault\"", "does not print");
  }

  @Test
  void create_withTenThousandMarks_isRefused() {
    TestServer.Reply reply = make(owner, api, "e" + "\u0301".repeat(10_000), "scopes", "bot");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("at most 100 are allowed");
  }

  @Test
  void create_withMarkupInTheName_showsItAsText() {
    TestServer.Reply reply = make(owner, api, "<script>alert(1)</script>", "scopes", "bot");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).contains("&lt;script&gt;").doesNotContain("<script>alert");
    assertThat(owner.page("/keys")).doesNotContain("<script>alert");
  }

  @Test
  void replace_showsTheNewTokenAndEndsTheOldKeyLater() {
    Tenant.Made old = tenant.key(api, "orders:read");
    String name = old.shown().path("name").asText();

    TestServer.Reply reply =
        make(
            owner,
            api,
            name,
            "replaces",
            old.id(),
            "expires",
            "P90D",
            "access",
            "specific",
            "scopes",
            "orders:read",
            "scopes",
            "orders:refund",
            "overlap",
            "1h");

    String token = RevealedToken.of(reply);
    assertThat(reply.text()).contains("is accepted until", "in 59 min");
    assertThat(server.verify(token, api, "orders:refund")).isEqualTo("allowed");
    assertThat(server.verify(old.token(), api, "orders:read")).isEqualTo("allowed");
    assertThat(owner.page("/keys/" + old.id())).contains("Another key</a> takes its place");
    assertThat(owner.get("/keys/new?replaces=" + old.id()).text())
        .contains("already; replace that");
  }

  @Test
  void replace_byAMember_isRefused() {
    Tenant.Made old = tenant.key(api, "orders:read");
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);

    assertThat(member.page("/keys/new?replaces=" + old.id()))
        .contains("To manage keys takes the role owner or admin; yours is member.");
    assertThat(
            member
                .post("/keys", "replaces", old.id(), "name", "n", "scopes", "orders:read")
                .status())
        .isEqualTo(403);
  }

  @Test
  void replace_withAnOverlapThatIsNone_saysSoAtTheOverlap() {
    Tenant.Made old = tenant.key(api, "orders:read");

    TestServer.Reply reply =
        make(owner, api, "n", "replaces", old.id(), "scopes", "orders:read", "overlap", "8d");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("id=\"overlap-fault\"");
  }

  @Test
  void start_fromAKey_ticksItsScopesAndKeepsTheRest() {
    Tenant.Made model = tenant.key(api, "orders:read", "bot");

    TestServer.Reply reply =
        make(
            owner,
            api,
            "copy",
            "act",
            "start",
            "start",
            "key:" + model.id(),
            "purpose",
            "p",
            "expires",
            "P180D",
            "scopes",
            "orders:refund");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(box(reply.text(), "orders:read")).contains(" checked");
    assertThat(box(reply.text(), "orders:refund")).doesNotContain(" checked");
    assertThat(reply.text()).contains("value=\"copy\"", "value=\"P180D\" checked");
    assertThat(tenant.keys()).noneMatch(key -> key.path("name").asText().equals("copy"));
  }

  private JsonNode newest(Tenant of, String name) {
    return of.keys().stream()
        .filter(key -> key.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Who may give neither of the scopes that need a reach has none to choose. */
  @Test
  void page_offersAReach_whereAScopeThatNeedsItCanBeChosen() {
    SignedIn operator = SignedIn.as(server.operator(), Role.OWNER);
    assertThat(operator.page("/keys/new?api=bitting"))
        .contains("name=\"reaches\"", "name=\"verifies\" value=\"" + api + "\"")
        .contains("issues up to all scopes and verifies, for APIs");
    assertThat(owner.page("/keys/new?api=bitting"))
        .contains("name=\"reaches\"", "issues up to all scopes, for APIs")
        .doesNotContain("name=\"verifies\"");
    for (Role role : List.of(Role.ADMIN, Role.MEMBER)) {
      assertThat(SignedIn.as(server.operator(), role).page("/keys/new?api=bitting"))
          .doesNotContain("name=\"reaches\"", "name=\"verifies\"");
    }
  }

  @Test
  void create_withAReach_verifiesThat_andACopyDoesToo() {
    Tenant operating = server.operator();
    SignedIn operator = SignedIn.as(operating, Role.OWNER);
    String name = server.unique("gateway");
    makeVerifying(operator, name, api);

    JsonNode made = newest(operating, name);
    assertThat(made.path("reach").toString())
        .isEqualTo("{\"issue\":[],\"verify\":[\"" + api + "\"]}");
    String id = made.path("id").asText();
    assertThat(operator.page("/keys/" + id)).contains("Verifies tokens of " + api);
    String copy = operator.page("/keys/new?start=key:" + id);
    assertThat(tag(copy, "name=\"verifies\" value=\"" + api + "\"")).contains(" checked");
    assertThat(tag(copy, "name=\"verifies\" value=\"bitting\"")).doesNotContain(" checked");
  }

  @Test
  void create_thatVerifiesWithoutAReach_orReachesInVain_saysSoAtTheReach() {
    Tenant operating = server.operator();
    SignedIn operator = SignedIn.as(operating, Role.OWNER);
    String name = server.unique("gateway");

    TestServer.Reply without =
        make(operator, "bitting", name, "scopes", "keys:verify", "reaches", "some");
    assertThat(without.status()).isEqualTo(422);
    assertThat(without.text()).contains("id=\"reach-fault\"", "without a reach");

    TestServer.Reply vain =
        make(operator, "bitting", name, "scopes", "org:read", "reaches", "some", "verifies", api);
    assertThat(vain.status()).isEqualTo(422);
    assertThat(vain.text()).contains("id=\"reach-fault\"", "has no use");
    assertThat(tag(vain.text(), "name=\"verifies\" value=\"" + api + "\"")).contains(" checked");

    TestServer.Reply unknown = makeVerifying(operator, name, "<i>");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text()).contains("id=\"reach-fault\"").doesNotContain("<i>");
  }

  /** With a reach for verification beside it, a key issues what it would issue without one. */
  @Test
  void create_thatIssuesAndVerifies_issuesTheUsual() {
    Tenant operating = server.operator();
    String name = server.unique("both");
    makeVerifying(SignedIn.as(operating, Role.OWNER), name, api, "scopes", "keys:issue");

    assertThat(newest(operating, name).at("/reach/issue").toString())
        .isEqualTo("[{\"api\":\"bitting\",\"scopes\":[\"keys:issue\",\"keys:verify\"]}]");
  }

  @Test
  void create_thatReachesEverything_doesSo() {
    String name = server.unique("everything");
    make(owner, "bitting", name, "scopes", "keys:issue", "reaches", "everything");

    assertThat(newest(tenant, name).path("reach").asText()).isEqualTo("everything");
  }

  @Test
  void replace_withAnotherReach_showsTheDifference_andMakesIt() {
    Tenant operating = server.operator();
    SignedIn operator = SignedIn.as(operating, Role.OWNER);
    String name = server.unique("gateway");
    makeVerifying(operator, name, api);
    String old = newest(operating, name).path("id").asText();

    // What was sent comes back with its difference.
    TestServer.Reply again = makeVerifying(operator, "", "bitting", "replaces", old);
    assertThat(again.text())
        .contains("<code>verifies bitting</code>", "<code>verifies " + api + "</code>");

    makeVerifying(operator, name + "-2", "bitting", "replaces", old);
    assertThat(newest(operating, name + "-2").at("/reach/verify").toString())
        .isEqualTo("[\"bitting\"]");
  }

  /** The page says that such a key issues up to its scopes, which are those of the new key. */
  @Test
  void replace_ofAKeyThatIssuesTheUsual_issuesUpToTheNewScopes() {
    String name = server.unique("issuer");
    owner.post("/keys", issuing(name, "keys:issue", "org:read", "org:write"));
    String old = newest(tenant, name).path("id").asText();

    owner.post("/keys", replacing(old, issuing(name + "-2", "keys:issue", "org:read")));

    assertThat(newest(tenant, name + "-2").at("/reach/issue").toString())
        .isEqualTo("[{\"api\":\"bitting\",\"scopes\":[\"keys:issue\",\"org:read\"]}]");
  }

  @Test
  void replace_ofAKeyThatIssuesAndVerifies_byOneThatVerifiesNothing_issuesStill() {
    Tenant operating = server.operator();
    SignedIn operator = SignedIn.as(operating, Role.OWNER);
    String name = server.unique("both");
    String[] both = issuing(name, "keys:issue", "keys:verify", "org:read");
    operator.post("/keys", joined(both, "verifies", api));
    String old = newest(operating, name).path("id").asText();

    operator.post("/keys", replacing(old, issuing(name + "-2", "keys:issue", "org:read")));

    assertThat(newest(operating, name + "-2").path("reach").toString())
        .isEqualTo(
            "{\"issue\":[{\"api\":\"bitting\",\"scopes\":[\"keys:issue\",\"org:read\"]}],\"verify\":[]}");
  }

  /** What nobody changed in the form stays with the key as far as it has a use for it. */
  @Test
  void replace_ofAKeyThatIssuesAndVerifies_byOneThatOnlyIssues_verifiesNothing() {
    Tenant operating = server.operator();
    SignedIn operator = SignedIn.as(operating, Role.OWNER);
    String name = server.unique("both");
    String[] both = issuing(name, "keys:issue", "keys:verify");
    operator.post("/keys", joined(both, "verifies", api));
    String old = newest(operating, name).path("id").asText();

    String[] one = issuing(name + "-2", "keys:issue");
    operator.post("/keys", replacing(old, joined(one, "verifies", api)));

    assertThat(newest(operating, name + "-2").path("reach").toString())
        .isEqualTo("{\"issue\":[{\"api\":\"bitting\",\"scopes\":[\"keys:issue\"]}],\"verify\":[]}");
  }

  private static String[] issuing(String name, String... scopes) {
    String[] form = {"api", "bitting", "name", name, "reaches", "some"};
    for (String scope : scopes) {
      form = joined(form, "scopes", scope);
    }
    return form;
  }

  private static String[] replacing(String old, String[] form) {
    return joined(form, "replaces", old);
  }

  private static String tag(String page, String part) {
    int at = page.indexOf(part);
    assertThat(at).as(part).isPositive();
    return page.substring(page.lastIndexOf('<', at), page.indexOf('>', at));
  }

  /** A proposal: what it has is ticked, the rest is the maker's, and the key knows scopes alone. */
  @Test
  void page_ofATemplate_ticksItsScopes_andTheKeyHoldsWhatIsChosen() {
    String page = owner.page("/keys/new?api=" + api + "&template=Till");
    assertThat(box(page, "orders:write")).contains(" checked", "data-before=\"yes\"");
    assertThat(box(page, "orders:refund")).contains(" checked");
    assertThat(box(page, "bot")).doesNotContain(" checked");
    assertThat(page)
        .contains("Against the template Till", "value=\"template:Till\" selected")
        .contains("Template: Shop window");

    String narrowed = owner.page("/keys/new?api=" + api + "&template=Till&scopes=orders:write");
    assertThat(box(narrowed, "orders:refund")).doesNotContain(" checked");
    assertThat(narrowed).contains("<code>orders:refund</code>");

    TestServer.Reply filled =
        make(owner, api, "typed", "act", "start", "start", "template:Till", "scopes", "bot");
    assertThat(filled.status()).isEqualTo(200);
    assertThat(box(filled.text(), "orders:refund")).contains(" checked");
    assertThat(box(filled.text(), "bot")).doesNotContain(" checked");
    assertThat(filled.text()).contains("value=\"typed\"");

    make(owner, api, "till", "start", "template:Till", "scopes", "orders:write");
    JsonNode key = newest(tenant, "till");
    assertThat(key.path("scopes").toString()).isEqualTo("[\"orders:write\"]");
    assertThat(key.toString()).doesNotContain("template", "Till");
  }

  /** A template gives nobody more than the role does, and says so. */
  @Test
  void page_ofATemplateBeyondTheRole_saysWhatCannotBeChosen() {
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);
    TestServer.Reply reply = member.get("/keys/new?api=" + api + "&template=Till");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("orders:refund cannot be chosen here");
    assertThat(box(reply.text(), "orders:write")).contains(" checked");
    assertThat(box(reply.text(), "orders:refund")).doesNotContain(" checked");
  }

  @Test
  void page_ofATemplateThatIsNone_saysSo() {
    for (String path :
        List.of("/keys/new?template=Till", "/keys/new?api=" + api + "&template=%3Ci%3E")) {
      TestServer.Reply reply = owner.get(path);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text()).contains("emplate").doesNotContain("<i>");
    }
    TestServer.Reply posted = make(owner, api, "n", "act", "start", "start", "template:None");
    assertThat(posted.status()).isEqualTo(422);
    assertThat(posted.text()).contains("id=\"start-fault\"");
  }

  @Test
  void page_ofAPolicy_offersWhatItAllows() {
    server
        .patch(
            tenant.owner(),
            tenant.path(""),
            "{\"all_scopes_allowed\":false,\"policy\":{\"key_lifetime_max_days\":60}}")
        .ok();

    String page = owner.page("/keys/new?api=" + api);
    TestServer.Reply reply = make(owner, api, "n", "expires", "P90D", "access", "all");

    assertThat(page)
        .contains("forbidden by policy", "longer than the policy allows")
        .contains("value=\"P30D\" checked", "for 60 days at most");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("id=\"expires-at-fault\"", "id=\"scopes-fault\"")
        .contains("does not allow keys of all scopes", "the most that organization");
  }

  private static String box(String page, String scope) {
    int at = page.indexOf("name=\"scopes\" value=\"" + scope + "\"");
    assertThat(at).as(scope).isPositive();
    int begin = page.lastIndexOf("<li", at);
    return page.substring(begin, page.indexOf("</li>", at));
  }
}
