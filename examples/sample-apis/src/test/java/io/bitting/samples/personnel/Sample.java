package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.access.LocalAuthorizer;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.operation.Operation;
import io.bitting.operation.Operations;
import io.bitting.operation.PathTemplate;
import io.bitting.samples.KeyRing;
import io.bitting.samples.SampleServer;
import io.bitting.samples.ShippedCatalog;
import io.bitting.scope.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * The Personnel API on a server, with two organizations. Keys made before {@link #start} are known
 * to it. The operations are read out of the document here, the simple way.
 */
final class Sample implements AutoCloseable {
  /** The operations of the document. */
  static final List<Operation> OPERATIONS = List.copyOf(read());

  final KeyRing ring = new KeyRing();
  final ApiId personnel = ring.api("prs", ShippedCatalog.personnel());
  final OrganizationId acme = ring.organization("acme", false);
  final OrganizationId globex = ring.organization("globex", false);
  final KeyRing.Held owner = ring.all(acme, personnel);
  final KeyRing.Held stranger = ring.all(globex, personnel);
  final MutableClock clock = new MutableClock();

  Sample() {
    ring.operations(new Operations(personnel, 1, false, OPERATIONS));
  }

  SampleServer start() {
    LocalAuthorizer authorizer = ring.start();
    return new SampleServer(
        1, vertx -> PersonnelApi.router(vertx, authorizer, SampleServer.BASE, clock));
  }

  private static List<Operation> read() {
    List<Operation> operations = new ArrayList<>();
    document()
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(member -> {
                  if (!member.getKey().equals("parameters")) {
                    operations.add(operation(member.getKey(), path.getKey(), member.getValue()));
                  }
                }));
    return operations;
  }

  private static Operation operation(String method, String path, JsonNode said) {
    return new Operation(
        method.toUpperCase(Locale.ROOT),
        PathTemplate.of(SampleServer.MOUNT + path),
        requirement(said.path("security")),
        "",
        "",
        "");
  }

  private static Requirement requirement(JsonNode security) {
    if (security.isEmpty()) {
      return new Requirement.Anonymous();
    }
    List<String> scopes =
        StreamSupport.stream(security.path(0).path("apiKey").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    return scopes.isEmpty()
        ? new Requirement.AnyValidKey()
        : Requirement.allOf(scopes.toArray(String[]::new));
  }

  static JsonNode document() {
    try {
      return new ObjectMapper().readTree(PersonnelApi.document());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ring.close();
  }
}
