package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.OperationAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One operation of an API, and the keys that may call it. */
final class ShowOperationPage extends Screen {
  /** How many keys are named. */
  private static final int KEYS = 20;

  /** How many lists of keys are asked for at most. */
  private static final int LISTS_MAX = 24;

  ShowOperationPage(Desk desk) {
    super(desk, Route.page("showOperationPage", "/catalog/{api}/operation"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        visitor -> {
          Query query = call.query();
          String method = query.text("method").orElse("");
          String path = query.text("path").orElse("");
          query.check();
          ApiAnswer api = ShowCatalogsPage.api(desk, visitor, call);
          Optional<OperationAnswer> operation =
              ShowOperationsPage.operations(desk, visitor, call, api).stream()
                  .filter(each -> each.method().equals(method) && each.path().equals(path))
                  .findFirst();
          return operation.isEmpty()
              ? Answer.problem(Problem.notFound())
              : desk.page(call, visitor, page(call, visitor, api, operation.get()));
        });
  }

  private OperationPage page(Call call, Visitor visitor, ApiAnswer api, OperationAnswer operation) {
    Found found = new Found(call, visitor, api);
    List<List<String>> anyOf = operation.requirement().anyOf();
    if (anyOf != null) {
      Map<String, Set<String>> covered = covered(call, visitor, api);
      found.add("all_scopes", "true", key -> true);
      for (List<String> alternative : anyOf) {
        String first = alternative.getFirst();
        for (Map.Entry<String, Set<String>> entry : covered.entrySet()) {
          if (entry.getValue().contains(first)) {
            found.add("scope", entry.getKey(), key -> has(key, alternative, covered));
          }
        }
      }
    } else if (operation.requirement().anyValidKey() != null) {
      found.add("state", "active", key -> true);
    }
    return found.page(operation);
  }

  private static boolean has(KeyAnswer key, List<String> needed, Map<String, Set<String>> covered) {
    Set<String> all = new HashSet<>();
    key.scopes().forEach(scope -> all.addAll(covered.getOrDefault(scope, Set.of(scope))));
    return all.containsAll(needed);
  }

  /** Returns by scope all that it covers, itself among them. */
  private Map<String, Set<String>> covered(Call call, Visitor visitor, ApiAnswer api) {
    Map<String, List<String>> implied = new LinkedHashMap<>();
    Reply reply = desk.ask(visitor, call, "showCatalog").path("api", api.id()).send();
    if (reply.ok()) {
      for (CatalogAnswer.Entry entry : reply.read(CatalogAnswer.class).scopes()) {
        implied.put(entry.scope(), entry.implies());
      }
    }
    Map<String, Set<String>> covered = new LinkedHashMap<>();
    for (String scope : implied.keySet()) {
      Set<String> all = new HashSet<>();
      cover(scope, implied, all);
      covered.put(scope, all);
    }
    return covered;
  }

  private static void cover(String scope, Map<String, List<String>> implied, Set<String> all) {
    if (all.add(scope)) {
      implied.getOrDefault(scope, List.of()).forEach(next -> cover(next, implied, all));
    }
  }

  /** Which keys may call an operation. */
  @FunctionalInterface
  private interface Which {
    boolean take(KeyAnswer key);
  }

  /** Keys of one API that were found in lists, each once. */
  private final class Found {
    private final Call call;
    private final Visitor visitor;
    private final ApiAnswer api;
    private final Map<String, KeyAnswer> keys = new LinkedHashMap<>();
    private boolean more;
    private int lists;

    private Found(Call call, Visitor visitor, ApiAnswer api) {
      this.call = call;
      this.visitor = visitor;
      this.api = api;
    }

    void add(String filter, String value, Which which) {
      if (++lists > LISTS_MAX) {
        more = true;
        return;
      }
      Page<KeyAnswer> page =
          desk.ask(visitor, call, "listKeys")
              .query("api", api.id())
              .query("state", "active")
              .query(filter, value)
              .query("limit", "50")
              .send()
              .page(KeyAnswer.class);
      page.items().stream().filter(which::take).forEach(key -> keys.put(key.id(), key));
      more |= page.nextCursor() != null;
    }

    OperationPage page(OperationAnswer operation) {
      List<KeyAnswer> newest = new ArrayList<>(keys.values());
      newest.sort(Comparator.comparing(KeyAnswer::createdAt).reversed());
      return new OperationPage(
          api, operation, newest.stream().limit(KEYS).toList(), more || newest.size() > KEYS);
    }
  }
}
