package io.bitting.samples.personnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.operation.Operation;
import io.bitting.samples.KeyRing;
import io.bitting.samples.SampleServer;
import io.bitting.samples.SampleServer.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What each of the 714 operations does on the data that an organization starts with. */
final class EveryOperationTest {
  private static final Sample SAMPLE = new Sample();
  private static SampleServer server;

  @BeforeAll
  static void start() {
    server = SAMPLE.start();
  }

  @AfterAll
  static void close() {
    server.close();
    SAMPLE.close();
  }

  /** Those that take something away come last, from the ends of the paths to their beginnings. */
  @Test
  void everyOperation_onFreshData_doesWhatItSays() {
    server.renew();
    List<Operation> operations = new ArrayList<>(Sample.OPERATIONS);
    operations.sort(
        Comparator.comparing((Operation operation) -> operation.method().equals("DELETE"))
            .thenComparing(EveryOperationTest::depth, Comparator.reverseOrder()));
    List<String> wrong = new ArrayList<>();
    for (Operation operation : operations) {
      Reply reply = call(operation);
      if (reply.code().equals("not_found") && operation.method().equals("DELETE")) {
        // What two paths lead to is gone when it was deleted by one of them.
        server.renew();
        reply = call(operation);
      }
      if (reply.status() != status(operation)) {
        wrong.add(operation.name() + ": " + reply.status() + " " + reply.text());
      }
    }
    assertThat(operations).hasSize(714);
    assertThat(wrong).isEmpty();
  }

  private static Reply call(Operation operation) {
    return send(operation.method(), path(operation), body(operation));
  }

  private static int depth(Operation operation) {
    return operation.path().text().split("/", -1).length;
  }

  private static String path(Operation operation) {
    return operation
        .path()
        .text()
        .substring(SampleServer.MOUNT.length())
        .replace("{resource}", "name")
        .replaceAll("\\{[^}]*}", "1");
  }

  /** Says what an operation is sent, by what its path and method say. */
  private static String body(Operation operation) {
    String path = operation.path().text();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return switch (operation.method() + " " + last) {
      case "POST search" -> "{\"text\": \"a\"}";
      case "POST batch" -> "{\"resources\": [{\"name\": \"One\"}, {\"name\": \"Two\"}]}";
      case "PATCH batch" -> "{\"resources\": {\"1\": {\"note\": \"changed\"}}}";
      case "DELETE batch" -> "{\"resources\": [\"1\"]}";
      case "PATCH sync", "POST attach" -> "{\"resources\": [\"1\", \"2\"]}";
      case "PATCH toggle" -> "{\"resources\": [\"2\"]}";
      case "DELETE detach" -> "{\"resources\": [\"2\"]}";
      case "POST associate" -> "{\"id\": \"1\"}";
      case "POST cache" -> "";
      default ->
          switch (operation.method()) {
            case "POST", "PATCH" -> "{\"name\": \"Named\"}";
            case "PUT" ->
                "{\"name\": \"Named\", \"position_id\": \"1\", \"rank_id\": \"1\", \"specialty_id\": \"1\", \"unit_id\": \"1\", \"status_id\": \"1\"}";
            default -> "";
          };
    };
  }

  private static int status(Operation operation) {
    String path = operation.path().text();
    String last = path.substring(path.lastIndexOf('/') + 1);
    boolean word =
        Set.of("search", "batch", "sync", "toggle", "attach", "detach", "associate", "dissociate")
            .contains(last);
    if (last.equals("cache") || (operation.method().equals("DELETE") && !word)) {
      return 204;
    }
    return operation.method().equals("POST") && !word ? 201 : 200;
  }

  /** Each of the 62 collections that take something shows it, lists it and finds it. */
  @Test
  void everyCollection_givenAThing_showsListsAndFindsIt() {
    server.renew();
    Set<String> names = new TreeSet<>();
    Sample.OPERATIONS.forEach(operation -> names.add(operation.name()));
    int created = 0;
    for (Operation operation : Sample.OPERATIONS) {
      String collection = operation.path().text();
      if (!operation.method().equals("POST") || status(operation) != 201) {
        continue;
      }
      created++;
      String path = path(operation);
      String name = "Made " + created;
      Reply made = send("POST", path, "{\"name\": \"" + name + "\"}");
      String id = made.json().path("id").asText();
      assertThat(made.header("Location")).contains(SampleServer.MOUNT + path + "/" + id);
      assertThat(made.json().path("name").asText()).isEqualTo(name);
      if (names.contains("GET " + collection)) {
        assertThat(names(send("GET", path + "?limit=200", ""))).as(collection).contains(name);
      }
      if (names.contains("POST " + collection + "/search")) {
        assertThat(
                names(send("POST", path + "/search", "{\"where\": {\"name\": \"" + name + "\"}}")))
            .as(collection)
            .containsExactly(name);
      }
      if (names.stream().anyMatch(other -> isOneOf(collection, other))) {
        assertThat(send("GET", path + "/" + id, "").json()).isEqualTo(made.json());
      }
      assertThat(send("DELETE", path + "/" + id, "").status()).as(collection).isEqualTo(204);
      if (names.contains("GET " + collection)) {
        assertThat(names(send("GET", path + "?limit=200", ""))).doesNotContain(name);
      }
    }
    assertThat(created).isEqualTo(62);
  }

  private static boolean isOneOf(String collection, String name) {
    String before = "GET " + collection + "/{";
    return name.startsWith(before) && name.indexOf('/', before.length()) < 0;
  }

  /** What is below something that is not there is not there, for a key that may do everything. */
  @Test
  void everyNestedOperation_belowAMissingParent_isNotFound() {
    server.renew();
    int nested = 0;
    for (Operation operation : Sample.OPERATIONS) {
      String path = operation.path().text().substring(SampleServer.MOUNT.length());
      if (path.matches("/[a-z-]+/\\{\\w+}/.+")) {
        nested++;
        String missing = path(operation).replaceFirst("/1", "/999");
        Reply reply =
            server.send(operation.method(), missing, SAMPLE.owner.token(), body(operation));
        assertThat(reply.code()).as(operation.name()).isEqualTo("not_found");
        assertThat(reply.json().path("detail").asText()).contains("There is no ", "\"999\"");
      }
    }
    assertThat(nested).isGreaterThan(350);
  }

  @Test
  void everyOperation_ofAnotherOrganization_changesNothingHere() {
    server.renew();
    String before = everything(SAMPLE.stranger);
    for (Operation operation : Sample.OPERATIONS) {
      call(operation);
    }
    assertThat(everything(SAMPLE.owner)).isNotEqualTo(before);
    assertThat(everything(SAMPLE.stranger)).isEqualTo(before);
  }

  private static String everything(KeyRing.Held key) {
    StringBuilder everything = new StringBuilder();
    for (Operation operation : Sample.OPERATIONS) {
      if (operation.method().equals("GET")
          && !operation.path().text().contains("{")
          && !operation.path().text().endsWith("/me")) {
        everything.append(server.get(path(operation), key.token()).text()).append('\n');
      }
    }
    return everything.toString();
  }

  private static Reply send(String method, String path, String json) {
    return server.send(method, path, SAMPLE.owner.token(), json);
  }

  private static Set<String> names(Reply list) {
    Set<String> names = new HashSet<>();
    for (JsonNode item : list.json().path("items")) {
      names.add(item.path("name").asText());
    }
    return names;
  }
}
