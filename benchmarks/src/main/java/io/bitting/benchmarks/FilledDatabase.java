package io.bitting.benchmarks;

import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.jdbc.JdbcStorage;
import io.bitting.organization.Organization;
import io.bitting.scope.BuiltInScope;
import io.bitting.seal.Sealed;
import io.bitting.server.Keysets;
import io.bitting.server.setup.BuiltInApi;
import io.bitting.store.Api;
import io.bitting.store.Store;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fills the SQLite database of a data folder with a population: through the store, so that rows are
 * sealed and entered into the sequence of changes, but by thousands in a transaction and without
 * audit events. Beside it lie the tokens, one a line, and the token of a caller who may verify
 * them.
 */
final class FilledDatabase {
  private static final int BATCH = 10_000;

  private final Path folder;
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final Population population =
      new Population(clock.instant().truncatedTo(ChronoUnit.MILLIS));

  private FilledDatabase(Path folder) {
    this.folder = folder;
  }

  /** Fills the database of a folder, unless the folder is there: then it was filled before. */
  static void ensure(Path folder, int keys) throws IOException {
    if (Files.exists(folder)) {
      return;
    }
    Path parent = Files.createDirectories(folder.toAbsolutePath().getParent());
    Path unfinished = Files.createTempDirectory(parent, "filling");
    new FilledDatabase(unfinished).fill(keys);
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns the token of the caller. */
  static String caller(Path folder) throws IOException {
    return Files.readString(folder.resolve("caller.txt"), StandardCharsets.US_ASCII).strip();
  }

  /** Returns the file of the tokens, all of one length. */
  static Path tokens(Path folder) {
    return folder.resolve("tokens.txt");
  }

  /**
   * Opens the database of a new folder with a keyset of its own; a seal that does not fit ends it.
   */
  static JdbcStorage open(JdbcDatabase database, Path folder, Clock clock, SecureRandom random)
      throws IOException {
    return database.open(
        Keysets.create(folder.resolve(Keysets.FILE), random),
        clock,
        random,
        (kind, id, verdict) -> {
          throw new IllegalStateException("the seal of " + kind + " " + id + " is " + verdict);
        });
  }

  private void fill(int keys) throws IOException {
    try (JdbcDatabase database = JdbcDatabase.sqlite(folder);
        Writer tokens = ownersFile("tokens.txt");
        Writer caller = ownersFile("caller.txt")) {
      Store store = open(database, folder, clock, random).store();
      caller.write(prepare(store).token().revealOnce() + "\n");
      for (int done = 0; done < keys; done += BATCH) {
        for (Population.Made made : insert(store, done, Math.min(keys, done + BATCH))) {
          tokens.write(made.token().revealOnce() + "\n");
        }
        System.err.printf("\rfilled %,d of %,d", Math.min(keys, done + BATCH), keys);
      }
      System.err.println();
    }
  }

  private Writer ownersFile(String name) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
  }

  /** Inserts everything but the keys, and the key of the caller, which is the operator's. */
  private Population.Made prepare(Store store) {
    BuiltInApi.ensure(store, clock);
    Api bitting =
        store.<Api>read(reader -> reader.api(ApiId.BITTING).flatMap(Sealed::intact).orElseThrow());
    Organization operator = population.organization("operator", true);
    Population.Made caller =
        population.key(
            "verifier",
            operator,
            bitting,
            new Grant(
                ApiId.BITTING,
                GrantedScopes.specific(List.of(BuiltInScope.KEYS_VERIFY.scope())),
                Reach.verifying(List.of(population.api().id()))));
    store.write(writer -> {
      writer.insertOrganization(operator);
      population.organizations().forEach(writer::insertOrganization);
      writer.insertApi(population.api());
      writer.putCatalog(population.catalog());
      writer.putOperations(population.operations());
      writer.insertKey(caller.key(), caller.secret());
      return caller;
    });
    return caller;
  }

  private List<Population.Made> insert(Store store, int from, int to) {
    List<Population.Made> batch =
        IntStream.range(from, to).mapToObj(i -> population.key("key " + i)).toList();
    store.write(writer -> {
      batch.forEach(made -> writer.insertKey(made.key(), made.secret()));
      return batch;
    });
    return batch;
  }
}
