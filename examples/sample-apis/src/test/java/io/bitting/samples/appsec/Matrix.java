package io.bitting.samples.appsec;

import io.bitting.access.DenialReason;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.samples.KeyRing;
import io.bitting.samples.Operation;
import io.bitting.samples.SampleServer;
import io.bitting.samples.SampleServer.Reply;
import io.bitting.samples.ShippedCatalog;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every operation with every kind of key. What is expected is worked out here, from the table alone
 * and without core's own rules, so that a mistake there shows.
 */
final class Matrix {
  /** What shows all that an organization has. */
  private static final List<String> EVERYTHING =
      List.of(
          "/scans",
          "/issues",
          "/files",
          "/files/1/content",
          "/repositories",
          "/repeaters",
          "/scripts",
          "/bot/1/to-engine",
          "/bot/1/to-repeater");

  private static final Map<String, String> ID_ONLY_IN_ACME =
      Map.of("scans", "4", "files", "3", "repeaters", "3", "bot", "3", "scripts", "3");

  private final Sample sample;
  private final Catalog catalog = ShippedCatalog.appsec();
  private final List<Case> cases = new ArrayList<>();
  private final Map<String, Integer> count = new TreeMap<>();
  private int decisions;

  /** One decision: a call and what must come of it. */
  private record Case(Operation operation, String kind, String token, Expected expected) {}

  /** What must come of a call. */
  private sealed interface Expected {}

  private record Passes() implements Expected {}

  private record Refused(int status, String code) implements Expected {}

  private record Lacks(SortedSet<String> required, SortedSet<String> missing) implements Expected {}

  /** Prepares the keys, which the sample's server then knows. */
  Matrix(Sample sample) {
    this.sample = sample;
    KeyRing ring = sample.ring;
    OrganizationId acme = sample.acme;
    ApiId namesake = ring.api("twin", ShippedCatalog.namesake(new ApiId("namesake")));
    ApiId bitting = ring.api("bit", Catalog.builtIn());
    OrganizationId operator = ring.organization("operator", true);
    OrganizationId suspended = ring.organization("suspended", false);
    ring.suspend(suspended);

    String all = ring.all(acme, sample.appsec).token();
    String revoked = ring.revoke(ring.all(acme, sample.appsec)).token();
    String disabled = ring.disable(ring.all(acme, sample.appsec)).token();
    String expired = ring.expiring(acme, sample.appsec, KeyRing.NOW).token();
    String ofSuspended = ring.all(suspended, sample.appsec).token();
    String ofNamesake = ring.all(acme, namesake).token();
    String ofBitting = ring.all(operator, bitting).token();
    String neverIssued = new Sample().owner.token();

    for (Operation operation : AppsecApi.operations()) {
      add(operation, "all scopes", all, new Passes());
      add(operation, "all scopes, of another organization", sample.stranger.token(), new Passes());
      for (SortedSet<Scope> exact : exact(operation.requirement())) {
        add(operation, "exactly what is required", exact);
      }
      for (SortedSet<Scope> held : allBut(operation.requirement())) {
        add(operation, "all scopes but some that are required", held);
      }
      refused(operation, "no key", "", 401, DenialReason.CREDENTIAL_MISSING);
      refused(operation, "revoked", revoked, 401, DenialReason.KEY_REVOKED);
      refused(operation, "expired", expired, 401, DenialReason.KEY_EXPIRED);
      refused(operation, "disabled", disabled, 403, DenialReason.KEY_DISABLED);
      refused(
          operation,
          "of a suspended organization",
          ofSuspended,
          403,
          DenialReason.ORGANIZATION_SUSPENDED);
      refused(
          operation,
          "of another API with the same scopes",
          ofNamesake,
          401,
          DenialReason.CREDENTIAL_INVALID);
      refused(
          operation,
          "of Bitting, of the operator",
          ofBitting,
          401,
          DenialReason.CREDENTIAL_INVALID);
      refused(operation, "never issued", neverIssued, 401, DenialReason.CREDENTIAL_INVALID);
    }
  }

  private void add(Operation operation, String kind, SortedSet<Scope> held) {
    String token = sample.ring.specific(sample.acme, sample.appsec, List.copyOf(held)).token();
    add(operation, kind, token, expected(operation.requirement(), held));
  }

  private void refused(
      Operation operation, String kind, String token, int status, DenialReason reason) {
    boolean anonymous = operation.requirement() instanceof Requirement.Anonymous;
    add(operation, kind, token, anonymous ? new Passes() : new Refused(status, reason.code()));
  }

  private void add(Operation operation, String kind, String token, Expected expected) {
    cases.add(new Case(operation, kind, token, expected));
  }

  /** Returns each set of scopes that is just enough. */
  private List<SortedSet<Scope>> exact(Requirement requirement) {
    return requirement instanceof Requirement.Scopes scopes
        ? scopes.alternatives()
        : List.of(new TreeSet<>(Set.of(new Scope("scim"))));
  }

  /** Returns all scopes but every one that is named, and all scopes but one of them, for each. */
  private Collection<SortedSet<Scope>> allBut(Requirement requirement) {
    Set<SortedSet<Scope>> sets = new LinkedHashSet<>();
    SortedSet<Scope> named = new TreeSet<>();
    if (requirement instanceof Requirement.Scopes scopes) {
      scopes.alternatives().forEach(named::addAll);
    }
    sets.add(without(named));
    named.forEach(scope -> sets.add(without(Set.of(scope))));
    return sets;
  }

  private SortedSet<Scope> without(Set<Scope> some) {
    SortedSet<Scope> rest = new TreeSet<>(catalog.scopes());
    rest.removeAll(some);
    return rest;
  }

  private static Expected expected(Requirement requirement, Set<Scope> held) {
    if (!(requirement instanceof Requirement.Scopes scopes)) {
      return new Passes();
    }
    SortedSet<Scope> nearest = null;
    SortedSet<Scope> missing = null;
    for (SortedSet<Scope> alternative : scopes.alternatives()) {
      SortedSet<Scope> lacking = new TreeSet<>(alternative);
      lacking.removeAll(held);
      if (missing == null || lacking.size() < missing.size()) {
        nearest = alternative;
        missing = lacking;
      }
    }
    return missing.isEmpty() ? new Passes() : new Lacks(texts(nearest), texts(missing));
  }

  private static SortedSet<String> texts(Collection<Scope> scopes) {
    return new TreeSet<>(scopes.stream().map(Scope::text).toList());
  }

  /** Makes every call, each on fresh data, and returns a line for each that came out otherwise. */
  List<String> walk(SampleServer server) {
    List<String> wrong = new ArrayList<>();
    String untouched = everything(server.renew(), sample.owner);
    for (Case call : cases) {
      server.renew();
      Operation operation = call.operation();
      Reply reply = server.call(operation, operation.example().path(), call.token());
      String fault = fault(operation, call.expected(), reply);
      boolean ofAnother = call.token().equals(sample.stranger.token());
      if (fault.isEmpty() && (!(call.expected() instanceof Passes) || ofAnother)) {
        fault =
            everything(server, sample.owner).equals(untouched)
                ? ""
                : "the organization's data changed";
      }
      note(wrong, operation, call.kind(), fault);
    }
    walkStrangeIds(server.renew(), wrong);
    return wrong;
  }

  /** Another organization's key on what only this one has: as if it did not exist. */
  private void walkStrangeIds(SampleServer server, List<String> wrong) {
    for (Operation operation : AppsecApi.operations()) {
      if (ID_ONLY_IN_ACME.containsKey(kind(operation))
          && operation.method().name().equals("POST")
          && !operation.template().contains("{")) {
        server.call(operation, operation.example().path(), sample.owner.token());
      }
    }
    String before = everything(server, sample.owner);
    for (Operation operation : AppsecApi.operations()) {
      String id = ID_ONLY_IN_ACME.get(kind(operation));
      if (id == null || !operation.template().contains("{id}")) {
        continue;
      }
      String path = operation.template().replace("{id}", id);
      Reply reply = server.call(operation, path, sample.stranger.token());
      Reply absent =
          server.call(
              operation, operation.template().replace("{id}", "99"), sample.stranger.token());
      String fault = "";
      if (reply.status() != 404 || absent.status() != 404) {
        fault = "answered " + reply.status() + ", and " + absent.status() + " for what nobody has";
      } else if (!reply
          .json()
          .get("detail")
          .asText()
          .replace(id, "99")
          .equals(absent.json().get("detail").asText())) {
        fault = "told apart from what nobody has: " + reply.text();
      } else if (!everything(server, sample.owner).equals(before)) {
        fault = "the organization's data changed";
      }
      note(wrong, operation, "all scopes, of another organization, on this one's own thing", fault);
    }
  }

  private static String kind(Operation operation) {
    return operation.template().split("/", 3)[1];
  }

  private void note(List<String> wrong, Operation operation, String kind, String fault) {
    decisions++;
    count.merge(kind, 1, Integer::sum);
    if (!fault.isEmpty()) {
      wrong.add(operation + " with a key " + kind + ": " + fault);
    }
  }

  private static String fault(Operation operation, Expected expected, Reply reply) {
    String was = "answered " + reply.status() + " " + reply.text();
    return switch (expected) {
      case Passes() -> reply.status() / 100 == 2 && reply.code().isEmpty() ? "" : was;
      case Refused(int status, String code) -> isRefusal(reply, status, code) ? "" : was;
      case Lacks(SortedSet<String> required, SortedSet<String> missing) -> {
        boolean right =
            isRefusal(reply, 403, DenialReason.INSUFFICIENT_SCOPE.code())
                && texts(reply, "required_scopes").equals(List.copyOf(required))
                && texts(reply, "missing_scopes").equals(List.copyOf(missing))
                && reply.json().get("detail").asText().startsWith(operation + " needs ")
                && reply
                    .header("WWW-Authenticate")
                    .orElse("")
                    .endsWith(
                        "error=\"insufficient_scope\", scope=\""
                            + String.join(" ", required)
                            + "\"");
        yield right ? "" : was;
      }
    };
  }

  private static boolean isRefusal(Reply reply, int status, String code) {
    return reply.status() == status
        && reply.code().equals(code)
        && reply.json().get("status").asInt() == status
        && reply.json().get("type").asText().equals(SampleServer.BASE + "/errors/" + code)
        && reply.header("WWW-Authenticate").isPresent()
            == (status == 401 || code.equals("insufficient_scope"))
        && reply.header("Cache-Control").orElse("").equals("no-store")
        && reply.header("X-Content-Type-Options").orElse("").equals("nosniff")
        && reply.header("X-Request-Id").orElse("").equals(reply.json().get("request_id").asText());
  }

  private static List<String> texts(Reply reply, String member) {
    List<String> texts = new ArrayList<>();
    reply.json().get(member).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  static String everything(SampleServer server, KeyRing.Held key) {
    StringBuilder everything = new StringBuilder();
    for (String path : EVERYTHING) {
      everything.append(path).append(' ').append(server.get(path, key.token()).text()).append('\n');
    }
    return everything.toString();
  }

  /** Says how many decisions were made, by kind of key. */
  String summary() {
    StringBuilder summary = new StringBuilder();
    summary
        .append("decision matrix: ")
        .append(AppsecApi.operations().size())
        .append(" operations, ");
    summary.append(decisions).append(" decisions\n");
    count.forEach((kind, n) -> summary.append(String.format("  %5d  %s%n", n, kind)));
    return summary.toString();
  }

  /** Returns how many calls must be refused for want of a scope. */
  long lacking() {
    return cases.stream().filter(call -> call.expected() instanceof Lacks).count();
  }
}
