package io.bitting.jdbc;

import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Canonical;
import io.bitting.store.OperationsForm;
import io.bitting.usage.Demand;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table of demands, in one transaction: each demand once, known by a number. */
final class UsageDemands {
  /** How many requirements callers may give of one API, an operation not counted. */
  static final int GIVEN_MAX = 10_000;

  private static final String FIND = "SELECT number FROM usage_demands WHERE digest = :digest";

  private static final String COUNT_GIVEN =
      "SELECT count(*) FROM usage_demands WHERE api = :api AND operation = ''";

  /** The update changes nothing; it is there so that the number of a row that exists comes back. */
  private static final String INSERT =
      """
      INSERT INTO usage_demands (digest, api, operation, requirement, scopes)
      VALUES (:digest, :api, :operation, :requirement, :scopes)
      ON CONFLICT (digest) DO UPDATE SET api = excluded.api
      RETURNING number
      """;

  private final Handle handle;

  /** How many requirements callers gave of each API, counted once in the transaction. */
  private final Map<String, Integer> given = new HashMap<>();

  UsageDemands(Handle handle) {
    this.handle = handle;
  }

  /** Returns the number of a demand; empty if its API has as many as it may. */
  OptionalLong number(Demand demand) {
    byte[] digest = digest(demand);
    Optional<Long> known =
        handle.createQuery(FIND).bind("digest", digest).mapTo(Long.class).findOne();
    if (known.isPresent()) {
      return OptionalLong.of(known.get());
    }
    String api = demand.api().text();
    if (demand.operation().isEmpty()) {
      int before = given.computeIfAbsent(api, this::countGiven);
      if (before >= GIVEN_MAX) {
        return OptionalLong.empty();
      }
      given.put(api, before + 1);
    }
    return OptionalLong.of(
        handle
            .createQuery(INSERT)
            .bind("digest", digest)
            .bind("api", api)
            .bind("operation", demand.operation().orElse(""))
            .bind("requirement", OperationsForm.kind(demand.requirement()))
            .bind("scopes", scopes(demand.requirement()))
            .mapTo(Long.class)
            .one());
  }

  private int countGiven(String api) {
    return handle.createQuery(COUNT_GIVEN).bind("api", api).mapTo(Integer.class).one();
  }

  private static byte[] digest(Demand demand) {
    byte[] form =
        Canonical.of("usage demand")
            .text(demand.api().text())
            .text(demand.operation().orElse(""))
            .text(OperationsForm.kind(demand.requirement()))
            .text(scopes(demand.requirement()))
            .toBytes();
    try {
      return MessageDigest.getInstance("SHA-256").digest(form);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A line for each alternative, a blank between two scopes; no scope has either. */
  private static String scopes(Requirement requirement) {
    if (!(requirement instanceof Requirement.Scopes some)) {
      return "";
    }
    return some.alternatives().stream()
        .map(all -> all.stream().map(Scope::text).collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n"));
  }

  /** Reads a demand. */
  static Demand read(Row row) throws SQLException {
    String operation = row.text("operation");
    return new Demand(
        row.parsed("api", ApiId::parse),
        requirement(row),
        operation.isEmpty() ? Optional.empty() : Optional.of(operation));
  }

  private static Requirement requirement(Row row) throws SQLException {
    if (!row.text("requirement").equals("scopes")) {
      return row.parsed("requirement", OperationsForm::withoutScopes);
    }
    List<SortedSet<Scope>> alternatives = new ArrayList<>();
    for (String line : row.text("scopes").split("\n", -1)) {
      alternatives.add(
          Arrays.stream(line.split(" ", -1))
              .map(Scope::new)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return new Requirement.Scopes(alternatives);
  }
}
