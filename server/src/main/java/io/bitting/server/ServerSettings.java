package io.bitting.server;

import io.bitting.server.http.EdgeSettings;
import io.bitting.server.mail.MailSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a server runs.
 *
 * @param database where its data is
 * @param edge how it listens for callers
 * @param admin how it listens for those who run it
 * @param grpc how it listens for Envoy over gRPC, if at all
 * @param pepperFile the file of the pepper keyset; empty for the one that belongs to a SQLite data
 *     folder
 * @param maxStale how long known keys are answered without word from storage
 * @param usageEvery how often what was counted goes into the usage ledger, which is what a process
 *     that is killed loses; empty to count nothing, for measurements only
 * @param mail how mail is sent, if at all
 */
public record ServerSettings(
    Database database,
    EdgeSettings edge,
    Address admin,
    Optional<Address> grpc,
    Optional<Path> pepperFile,
    Duration maxStale,
    Optional<Duration> usageEvery,
    Optional<MailSettings> mail) {
  /** How often what was counted goes into the usage ledger, unless said otherwise. */
  public static final Duration USAGE_EVERY = Duration.ofSeconds(10);

  /**
   * Describes a server that writes its usage ledger as often as is usual, and sends no mail.
   *
   * @param database where its data is
   * @param edge how it listens for callers
   * @param admin how it listens for those who run it
   * @param grpc how it listens for Envoy over gRPC, if at all
   * @param pepperFile the file of the pepper keyset; empty for the one that belongs to a SQLite
   *     data folder
   * @param maxStale how long known keys are answered without word from storage
   */
  public ServerSettings(
      Database database,
      EdgeSettings edge,
      Address admin,
      Optional<Address> grpc,
      Optional<Path> pepperFile,
      Duration maxStale) {
    this(
        database,
        edge,
        admin,
        grpc,
        pepperFile,
        maxStale,
        Optional.of(USAGE_EVERY),
        Optional.empty());
  }

  /**
   * Returns this with mail.
   *
   * @param how how mail is sent, if at all
   */
  public ServerSettings withMail(Optional<MailSettings> how) {
    return new ServerSettings(database, edge, admin, grpc, pepperFile, maxStale, usageEvery, how);
  }

  /** Where data is. */
  public sealed interface Database {}

  /**
   * A SQLite file in a folder, made if it is missing.
   *
   * @param folder the data folder
   */
  public record Sqlite(Path folder) implements Database {}

  /**
   * A PostgreSQL database.
   *
   * @param url its JDBC URL
   * @param user who connects; empty if the URL says so
   * @param password their password; empty if the URL says so
   */
  public record Postgresql(String url, Optional<String> user, Optional<String> password)
      implements Database {
    @Override
    public String toString() {
      return "Postgresql";
    }
  }

  /**
   * Where to listen.
   *
   * @param host the address
   * @param port the port; 0 for any free one
   */
  public record Address(String host, int port) {}
}
