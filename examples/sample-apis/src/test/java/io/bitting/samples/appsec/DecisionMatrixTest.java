package io.bitting.samples.appsec;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.Authorizer;
import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.samples.Operation;
import io.bitting.samples.SampleServer;
import io.bitting.samples.ShippedCatalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DecisionMatrixTest {

  @Test
  void walk_everyOperationWithEveryKindOfKey_isDecidedRight() {
    try (Sample sample = new Sample()) {
      Matrix matrix = new Matrix(sample);
      try (SampleServer server = sample.start()) {
        List<String> wrong = matrix.walk(server);
        System.out.print(matrix.summary());
        assertThat(wrong).isEmpty();
      }
    }
  }

  /** The control: the matrix finds an authorizer that is right in everything but scopes. */
  @Test
  void walk_authorizerThatLetsScopesPass_isFoundAtEachOfThem() {
    try (Sample sample = new Sample()) {
      Matrix matrix = new Matrix(sample);
      try (SampleServer server = sample.start(1, DecisionMatrixTest::withoutScopes)) {
        assertThat(matrix.walk(server)).hasSize((int) matrix.lacking()).isNotEmpty();
      }
    }
  }

  private static Authorizer withoutScopes(Authorizer real) {
    return request -> {
      Decision decision = real.authorize(request);
      return decision instanceof Decision.Denied denied
              && denied.reason() == DenialReason.INSUFFICIENT_SCOPE
          ? new Decision.Allowed(denied.key(), denied.asOf())
          : decision;
    };
  }

  /**
   * What each operation requires, by the meaning that the first document gives the scopes; written
   * down apart from the table.
   */
  @Test
  void operations_ofTheTable_requireWhatTheScopesMean() {
    String required =
        """
        GET / requires no key
        GET /limits requires any valid key
        GET /scans requires scans:read
        GET /scans/{id} requires scans:read
        POST /scans requires scans:run
        PATCH /scans/{id} requires scans:manage
        POST /scans/{id}/retest requires scans:manage
        POST /scans/{id}/stop requires scans:stop
        DELETE /scans/{id} requires scans:delete
        GET /scans/{id}/progress requires scans:read, or scans:run, or scans:stop
        GET /scans/{id}/report requires issues:read and scans:read
        GET /issues requires issues:read
        GET /issues/{id} requires issues:read
        PUT /issues/{id}/assignee requires issues:manage
        DELETE /issues/{id}/assignee requires issues:manage
        POST /issues/{id}/resolve requires issues:manage
        POST /issues/{id}/retest requires issues:manage
        GET /files requires files:read
        GET /files/{id} requires files:read
        GET /files/{id}/content requires files:read
        POST /targets/verify requires files:read
        POST /files requires files:write
        DELETE /files/{id} requires files:write
        POST /files/{id}/scan requires files:read and scans:run
        GET /repositories requires integration.repos:read
        GET /repositories/{id} requires integration.repos:read
        GET /repeaters requires repeaters:read
        GET /repeaters/{id} requires repeaters:read
        POST /repeaters requires repeaters:write
        PATCH /repeaters/{id} requires repeaters:write
        DELETE /repeaters/{id} requires repeaters:write
        POST /repeaters/{id}/test requires repeaters:write
        GET /repeaters/{id}/scripts requires scripts:read, or bot
        POST /bot/{id}/to-engine requires bot
        GET /bot/{id}/to-engine requires bot
        POST /bot/{id}/to-repeater requires bot
        GET /bot/{id}/to-repeater requires bot
        GET /scripts requires scripts:read
        GET /scripts/{id} requires scripts:read
        POST /scripts requires scripts:write
        PATCH /scripts/{id} requires scripts:write
        DELETE /scripts/{id} requires scripts:write
        """;
    assertThat(AppsecApi.operations().stream().map(o -> o + " requires " + o.requirement()))
        .containsExactlyInAnyOrderElementsOf(required.lines().toList());
  }

  @Test
  void operations_ofTheTable_openEveryProductScopeAndNoneOfBittings() {
    Set<Scope> opened = new HashSet<>();
    for (Operation operation : AppsecApi.operations()) {
      if (operation.requirement() instanceof Requirement.Scopes scopes) {
        scopes.alternatives().forEach(opened::addAll);
      }
    }
    assertThat(opened)
        .containsExactlyInAnyOrderElementsOf(
            ShippedCatalog.appsec().entries().stream()
                .filter(entry -> !entry.included())
                .map(CatalogEntry::scope)
                .toList());
  }

  /** A scope that opens something only beside another one would be of no use alone. */
  @Test
  void operations_ofTheTable_openEachProductScopeByItself() {
    Set<Scope> alone = new HashSet<>();
    for (Operation operation : AppsecApi.operations()) {
      if (operation.requirement() instanceof Requirement.Scopes scopes) {
        scopes.alternatives().stream().filter(set -> set.size() == 1).forEach(alone::addAll);
      }
    }
    assertThat(alone).hasSize(15);
  }

  /** A path that two operations have would be guarded by whichever comes first. */
  @Test
  void operations_ofTheTable_haveNoPathInCommon() {
    List<Operation> operations = AppsecApi.operations();
    for (Operation one : operations) {
      assertThat(operations.stream().filter(other -> haveAPathInCommon(one, other)))
          .as(one.toString())
          .containsExactly(one);
    }
  }

  private static boolean haveAPathInCommon(Operation one, Operation other) {
    List<String> parts = List.of(one.template().split("/", -1));
    List<String> others = List.of(other.template().split("/", -1));
    return one.method().equals(other.method())
        && parts.size() == others.size()
        && IntStream.range(0, parts.size())
            .allMatch(i ->
                parts.get(i).equals(others.get(i))
                    || parts.get(i).startsWith("{")
                    || others.get(i).startsWith("{"));
  }

  @Test
  void operations_thatChange_changeSomethingWithTheirExample() {
    Set<String> looksOnly = Set.of("POST /targets/verify", "POST /repeaters/{id}/test");
    try (Sample sample = new Sample();
        SampleServer server = sample.start()) {
      String untouched = Matrix.everything(server, sample.owner);
      for (Operation operation : AppsecApi.operations()) {
        server.renew();
        server.call(operation, operation.example().path(), sample.owner.token());
        boolean changes =
            !operation.method().name().equals("GET") && !looksOnly.contains(operation.toString());
        assertThat(Matrix.everything(server, sample.owner).equals(untouched))
            .as(operation.toString())
            .isEqualTo(!changes);
      }
    }
  }
}
