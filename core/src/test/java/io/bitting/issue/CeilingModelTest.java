package io.bitting.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.AccessRequest;
import io.bitting.access.Decision;
import io.bitting.access.Follower;
import io.bitting.access.InMemoryChangeSource;
import io.bitting.access.KeyIndex;
import io.bitting.access.LocalAuthorizer;
import io.bitting.audit.Actor;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import io.bitting.grant.Ceiling;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.issue.PlainWorld.Kind;
import io.bitting.issue.PlainWorld.PlainScope;
import io.bitting.key.KeyPrefix;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.store.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Rule 6, and rows A2 and N13 of the threats: over 100,000 random cases, a key is issued if and
 * only if what was asked for is within the issuer's ceiling, the organization and the catalog, as a
 * model of plain sets says, for today's catalogs and for tomorrow's. What was issued is then tried
 * on every scope of every API.
 */
final class CeilingModelTest {
  private static final int WORLDS = 500;
  private static final int CASES_EACH = 200;

  private static final Set<String> ADMIN_GRANTS =
      Set.of("org:read", "org.memberships:read", "keys:read", "keys:manage", "audit:read");

  /** Who issues. */
  private enum By {
    OWNER,
    ADMIN,
    MEMBER,
    AUDITOR,
    KEY_OF_EVERYTHING,
    KEY_WITHIN_REACH,
    KEY_THAT_MAY_NOT
  }

  /** Some scopes of an API by name, or all of them. */
  private record Scopes(boolean all, List<String> names) {
    Set<String> set() {
      return new HashSet<>(names);
    }

    KeyRequest.Scopes asked() {
      return all ? new KeyRequest.AllScopes() : new KeyRequest.SomeScopes(names);
    }

    GrantedScopes granted() {
      return all
          ? GrantedScopes.all()
          : GrantedScopes.specific(names.stream().map(Scope::new).toList());
    }
  }

  private record PlainReach(
      boolean everything, List<Map.Entry<String, Scopes>> issue, Set<String> verify) {}

  private record Asked(String api, Scopes scopes, Optional<PlainReach> reach) {}

  private record Issued(Asked asked, Organization organization, IssuedKey key) {}

  /** What came of all cases. */
  private static final class Tally {
    private final List<String> violations = new ArrayList<>();
    private final Map<By, Integer> issued = new EnumMap<>(By.class);
    private final Map<By, Integer> beyond = new EnumMap<>(By.class);
    private int cases;
    private int faulty;
    private long tried;
  }

  @Test
  void issue_hundredThousandRandomCases_isTheModels() {
    Tally tally = run(ceiling -> ceiling, true);

    assertThat(tally.violations).isEmpty();
    assertThat(tally.cases).isEqualTo(WORLDS * CASES_EACH);
    // The cases are not all of one kind.
    assertThat(tally.faulty).isGreaterThan(10_000);
    assertThat(tally.tried).isGreaterThan(500_000);
    for (By by : By.values()) {
      boolean mayNever = by == By.AUDITOR || by == By.KEY_THAT_MAY_NOT;
      boolean mayEverything = by == By.OWNER || by == By.KEY_OF_EVERYTHING;
      assertThat(tally.issued.getOrDefault(by, 0) > 500).as("%s issued", by).isEqualTo(!mayNever);
      assertThat(tally.beyond.getOrDefault(by, 0) > 500)
          .as("%s beyond", by)
          .isEqualTo(!mayEverything);
    }
  }

  /** The control: without the ceiling the same model finds keys wider than their makers. */
  @Test
  void issue_withTheCeilingRemoved_isFoundOut() {
    assertThat(run(ceiling -> new Ceiling.Everything(), false).violations)
        .hasSizeGreaterThan(10_000);
  }

  private interface Sabotage {
    Ceiling applied(Ceiling ceiling);
  }

  private static Tally run(Sabotage sabotage, boolean trying) {
    Tally tally = new Tally();
    for (int seed = 0; seed < WORLDS; seed++) {
      new Round(seed, sabotage, tally).run(trying);
    }
    return tally;
  }

  /** The cases of one world. */
  private static final class Round {
    private final int seed;
    private final SplittableRandom random;
    private final Sabotage sabotage;
    private final Tally tally;
    private final PlainWorld today;
    private final PlainWorld tomorrow;
    private final InMemoryWriter store = new InMemoryWriter();
    private final InMemoryChangeSource rows = new InMemoryChangeSource();
    private final Issuing issuing;
    private final List<Issued> issued = new ArrayList<>();
    private final Organization operator = organization("operator", true, true);
    private final Organization tenant = organization("tenant", false, true);
    private final Organization strict = organization("strict", false, false);

    Round(int seed, Sabotage sabotage, Tally tally) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.sabotage = sabotage;
      this.tally = tally;
      this.today = PlainWorld.random(random);
      this.tomorrow = today.tomorrow();
      this.issuing = new Issuing(new MutableClock(), new SeededRandom(seed));
      for (String id : today.apis.keySet()) {
        Api api = new Api(new ApiId(id), id, new KeyPrefix(id), null, MutableClock.START, 1);
        store.add(api, today.catalog(id));
        rows.put(api);
        rows.put(today.catalog(id));
      }
      List.of(operator, tenant, strict).forEach(rows::put);
    }

    private static Organization organization(String slug, boolean operator, boolean allScopes) {
      return new Organization(
          new OrganizationId((slug + "000000000000").substring(0, 12)),
          new Slug(slug),
          slug,
          operator,
          false,
          allScopes,
          MutableClock.START,
          1);
    }

    void run(boolean trying) {
      for (int i = 0; i < CASES_EACH; i++) {
        oneCase();
      }
      if (trying) {
        tryAll();
      }
    }

    private void oneCase() {
      Organization organization = pick(List.of(operator, tenant, tenant, strict));
      By by = pick(List.of(By.values()));
      PlainReach ofIssuer = randomReach(true);
      Asked asked = randomAsked();
      Ceiling ceiling = sabotage.applied(ceiling(by, ofIssuer));
      Issuer issuer =
          new Issuer(
              new Actor(Actor.Kind.OPERATOR, "test"), ceiling, Optional.empty(), Optional.empty());
      store.keys.clear();
      Issuing.Outcome outcome = issuing.issue(store, organization, issuer, request(asked));

      boolean wellFormed = isWellFormed(asked, organization);
      boolean within = wellFormed && isWithin(asked, by, ofIssuer, organization);
      tally.cases++;
      if (!wellFormed) {
        tally.faulty++;
        expect(outcome instanceof Issuing.Faulty, by, asked, outcome);
      } else if (!within) {
        tally.beyond.merge(by, 1, Integer::sum);
        expect(outcome instanceof Issuing.BeyondCeiling, by, asked, outcome);
      } else if (expect(outcome instanceof Issuing.Issued, by, asked, outcome)) {
        tally.issued.merge(by, 1, Integer::sum);
        issued.add(new Issued(asked, organization, ((Issuing.Issued) outcome).key()));
      }
      expect(store.keys.isEmpty() == !(outcome instanceof Issuing.Issued), by, asked, outcome);
    }

    private boolean expect(boolean asTheModelSays, By by, Asked asked, Issuing.Outcome outcome) {
      if (!asTheModelSays) {
        tally.violations.add("seed " + seed + ", " + by + ", " + asked + ": " + outcome);
      }
      return asTheModelSays;
    }

    // What is asked for.

    private Asked randomAsked() {
      String api = random.nextInt(30) == 0 ? "nowhere" : pick(List.copyOf(today.apis.keySet()));
      Optional<PlainReach> reach =
          random.nextInt(5) < 3 ? Optional.empty() : Optional.of(randomReach(false));
      return new Asked(api, randomScopes(api, true), reach);
    }

    private Scopes randomScopes(String api, boolean careless) {
      if (random.nextInt(4) == 0) {
        return new Scopes(true, List.of());
      }
      List<String> known = List.copyOf(today.apis.getOrDefault(api, Map.of()).keySet());
      Set<String> names = new HashSet<>();
      int wanted = careless && random.nextInt(60) == 0 ? 0 : random.nextInt(1, 4);
      for (int i = 0; i < wanted && !known.isEmpty(); i++) {
        names.add(pick(known));
      }
      if ((careless && random.nextInt(40) == 0) || (known.isEmpty() && wanted > 0)) {
        names.add("nonsense");
      }
      List<String> list = new ArrayList<>(names);
      if (careless && !list.isEmpty() && random.nextInt(40) == 0) {
        list.add(list.get(0));
      }
      return new Scopes(false, list);
    }

    private PlainReach randomReach(boolean ofIssuer) {
      if (!ofIssuer && random.nextInt(4) == 0) {
        return new PlainReach(true, List.of(), Set.of());
      }
      List<Map.Entry<String, Scopes>> issue = new ArrayList<>();
      Set<String> verify = new HashSet<>();
      for (String api : today.apis.keySet()) {
        if (random.nextInt(ofIssuer ? 3 : 6) < 2) {
          issue.add(Map.entry(api, randomScopes(api, !ofIssuer)));
        }
        if (random.nextInt(ofIssuer ? 2 : 8) == 0) {
          verify.add(api);
        }
      }
      if (!ofIssuer && random.nextInt(40) == 0) {
        issue.add(Map.entry("nowhere", new Scopes(true, List.of())));
      }
      if (!ofIssuer && !issue.isEmpty() && random.nextInt(40) == 0) {
        issue.add(issue.get(0));
      }
      return new PlainReach(false, issue, verify);
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }

    // How the code is asked.

    private static Ceiling ceiling(By by, PlainReach reach) {
      return switch (by) {
        case OWNER -> Ceiling.of(Role.OWNER);
        case ADMIN -> Ceiling.of(Role.ADMIN);
        case MEMBER -> Ceiling.of(Role.MEMBER);
        case AUDITOR -> Ceiling.of(Role.AUDITOR);
        case KEY_OF_EVERYTHING -> Ceiling.of(issuerGrant(Reach.everything()), true);
        case KEY_WITHIN_REACH -> Ceiling.of(issuerGrant(granted(reach)), true);
        case KEY_THAT_MAY_NOT -> Ceiling.of(issuerGrant(Reach.everything()), false);
      };
    }

    private static Grant issuerGrant(Reach reach) {
      return new Grant(ApiId.BITTING, GrantedScopes.all(), reach);
    }

    private static Reach granted(PlainReach reach) {
      SortedMap<ApiId, GrantedScopes> issue = new TreeMap<>();
      reach.issue().forEach(e -> issue.put(new ApiId(e.getKey()), e.getValue().granted()));
      return new Reach.Limited(
          issue, new TreeSet<>(reach.verify().stream().map(ApiId::new).toList()));
    }

    private static KeyRequest request(Asked asked) {
      return new KeyRequest(
          asked.api(),
          "name",
          "",
          asked.scopes().asked(),
          new KeyRequest.NoExpiry(),
          asked.reach().map(Round::asked));
    }

    private static KeyRequest.Reaching asked(PlainReach reach) {
      return reach.everything()
          ? new KeyRequest.ReachingEverything()
          : new KeyRequest.ReachingSome(
              reach.issue().stream()
                  .map(e -> new KeyRequest.IssueUpTo(e.getKey(), e.getValue().asked()))
                  .toList(),
              List.copyOf(reach.verify()));
    }

    // What the model says.

    private boolean isWellFormed(Asked asked, Organization organization) {
      if (!today.apis.containsKey(asked.api())
          || !areWellFormed(asked.api(), asked.scopes(), organization)
          || (asked.scopes().all() && !organization.allScopesAllowed())) {
        return false;
      }
      Set<String> powers = powers(today, asked.api(), asked.scopes());
      boolean issues = has(powers, "keys:issue");
      boolean verifies = has(powers, "keys:verify") && organization.operator();
      if (asked.reach().isEmpty()) {
        return !verifies || asked.scopes().all();
      }
      PlainReach reach = asked.reach().get();
      if (reach.everything()) {
        return issues || verifies;
      }
      Set<String> apis = new HashSet<>();
      return reach.issue().stream()
              .allMatch(e ->
                  apis.add(e.getKey())
                      && today.apis.containsKey(e.getKey())
                      && areWellFormed(e.getKey(), e.getValue(), organization))
          && (reach.issue().isEmpty() || issues)
          && (reach.verify().isEmpty() || verifies);
    }

    private boolean areWellFormed(String api, Scopes scopes, Organization organization) {
      if (scopes.all()) {
        return true;
      }
      for (String name : scopes.names()) {
        PlainScope scope = today.apis.get(api).get(name);
        if (scope == null
            || scope.retired()
            || (scope.kind() == Kind.INSTALLATION && !organization.operator())) {
          return false;
        }
      }
      return !scopes.names().isEmpty() && scopes.set().size() == scopes.names().size();
    }

    /** Tells whether powers have a built-in scope as Bitting's own. */
    private boolean has(Set<String> powers, String name) {
      return powers.stream()
          .anyMatch(p -> p.endsWith(" " + name) && today.scope(p).kind() != Kind.OWN);
    }

    private static Set<String> powers(PlainWorld world, String api, Scopes scopes) {
      return world.powers(api, scopes.all(), scopes.set());
    }

    /** Whatever the key could do or hand on, the issuer can hand out: today and tomorrow. */
    private boolean isWithin(Asked asked, By by, PlainReach ofIssuer, Organization organization) {
      for (PlainWorld world : List.of(today, tomorrow)) {
        Set<String> most = ceilingPowers(world, by, ofIssuer);
        Set<String> wanted = powers(world, asked.api(), asked.scopes());
        Set<String> wantedVerify = new HashSet<>();
        if (asked.reach().isPresent()) {
          PlainReach reach = asked.reach().get();
          wanted.addAll(reachPowers(world, reach));
          wantedVerify.addAll(reach.everything() ? world.apis.keySet() : reach.verify());
        }
        if (!organization.operator()) {
          wanted.removeIf(power -> world.scope(power).kind() == Kind.INSTALLATION);
        }
        if (!most.containsAll(wanted)
            || !ceilingVerify(world, by, ofIssuer).containsAll(wantedVerify)) {
          return false;
        }
      }
      return true;
    }

    private static Set<String> reachPowers(PlainWorld world, PlainReach reach) {
      if (reach.everything()) {
        return world.everything();
      }
      Set<String> powers = new HashSet<>();
      reach.issue().forEach(e -> powers.addAll(powers(world, e.getKey(), e.getValue())));
      return powers;
    }

    private static Set<String> ceilingPowers(PlainWorld world, By by, PlainReach reach) {
      return switch (by) {
        case OWNER, KEY_OF_EVERYTHING -> world.everything();
        case AUDITOR, KEY_THAT_MAY_NOT -> Set.of();
        case KEY_WITHIN_REACH -> reachPowers(world, reach);
        case ADMIN -> rolePowers(world, 2, ADMIN_GRANTS);
        case MEMBER -> rolePowers(world, 1, Set.of("org:read"));
      };
    }

    private static Set<String> rolePowers(PlainWorld world, int levelMax, Set<String> builtIn) {
      Set<String> powers = world.everything();
      powers.removeIf(power -> {
        PlainScope scope = world.scope(power);
        String name = power.substring(power.indexOf(' ') + 1);
        return scope.kind() == Kind.OWN ? scope.level() > levelMax : !builtIn.contains(name);
      });
      return powers;
    }

    private static Set<String> ceilingVerify(PlainWorld world, By by, PlainReach reach) {
      return switch (by) {
        case OWNER, KEY_OF_EVERYTHING -> world.apis.keySet();
        case KEY_WITHIN_REACH -> reach.verify();
        case ADMIN, MEMBER, AUDITOR, KEY_THAT_MAY_NOT -> Set.of();
      };
    }

    // What was issued is tried.

    private void tryAll() {
      Map<Issued, String> tokens = new HashMap<>();
      for (Issued each : issued) {
        tokens.put(each, each.key().revealOnce());
        rows.put(each.key().row());
      }
      KeyIndex index = new KeyIndex();
      LocalAuthorizer authorizer =
          new LocalAuthorizer(index, new MutableClock(), LocalAuthorizer.MAX_STALE);
      try (Follower follower =
          new Follower(
              rows,
              index,
              new Follower.Timing(Duration.ofHours(1), Duration.ofHours(1)),
              failure -> {
                throw failure;
              })) {
        follower.start();
        tokens.forEach((key, token) -> tryEverywhere(authorizer, key, token));
      }
    }

    /** Its own API, Bitting by inclusion, and nothing else; and never as another organization. */
    private void tryEverywhere(LocalAuthorizer authorizer, Issued key, String token) {
      Set<String> own = powers(today, key.asked().api(), key.asked().scopes());
      for (String power : today.everything()) {
        int blank = power.indexOf(' ');
        String api = power.substring(0, blank);
        String name = power.substring(blank + 1);
        boolean expected;
        if (api.equals(key.asked().api())) {
          expected =
              own.contains(power)
                  && (today.scope(power).kind() != Kind.INSTALLATION
                      || key.organization().operator());
        } else {
          String included = key.asked().api() + " " + name;
          expected =
              api.equals("bitting")
                  && own.contains(included)
                  && today.scope(included).kind() == Kind.ORGANIZATION;
        }
        Decision decision =
            authorizer.authorize(
                new AccessRequest(token, new ApiId(api), Requirement.allOf(new Scope(name))));
        tally.tried++;
        boolean ofAnother =
            decision instanceof Decision.Allowed allowed
                && !allowed.key().organization().equals(key.organization().id());
        if (decision.isAllowed() != expected || ofAnother) {
          tally.violations.add("seed " + seed + ", " + key.asked() + " on " + power);
        }
      }
    }
  }
}
