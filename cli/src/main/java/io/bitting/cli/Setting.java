package io.bitting.cli;

import java.util.Locale;
import java.util.Optional;

/**
 * A setting of the server: its name in {@code bitting.yaml}, as a flag and, in capitals behind
 * {@code BITTING_}, in the environment.
 */
enum Setting {
  DATA("data", Kind.PATH, "bitting-data", "Folder of the embedded database and its keyset"),
  DATABASE(
      "database",
      Kind.DATABASE,
      "",
      "JDBC URL of PostgreSQL, jdbc:postgresql://host/name; the embedded database unless given"),
  DATABASE_USER("database-user", Kind.TEXT, "", "Who connects to PostgreSQL"),
  DATABASE_PASSWORD("database-password", Kind.SECRET, "", "Their password"),
  LISTEN("listen", Kind.ADDRESS, "127.0.0.1:8080", "Address for callers, host:port"),
  ADMIN_LISTEN(
      "admin-listen",
      Kind.ADDRESS,
      "127.0.0.1:8081",
      "Address for /livez, /readyz and /metrics, host:port"),
  GRPC_LISTEN(
      "grpc-listen", Kind.ADDRESS, "", "Address for Envoy over gRPC, host:port; none unless given"),
  BASE_URL(
      "base-url",
      Kind.URL,
      "",
      "Address that callers know, as https://keys.example.com; that of --listen unless given"),
  TLS_CERT("tls-cert", Kind.PATH, "", "File with the certificate chain, PEM"),
  TLS_KEY("tls-key", Kind.PATH, "", "File with the private key, PEM"),
  PEPPER_FILE(
      "pepper-file",
      Kind.PATH,
      "",
      "File of the pepper keyset; the one in the data folder unless given"),
  TRUSTED_PROXIES(
      "trusted-proxies",
      Kind.LIST,
      "",
      "Addresses of proxies whose X-Forwarded headers count, separated by commas"),
  SMTP_URL(
      "smtp-url",
      Kind.MAIL_SERVER,
      "",
      "Mail server that sends invitations, smtp://host:port or smtps://host:port; none are sent unless given"),
  SMTP_USER("smtp-user", Kind.TEXT, "", "Who sends mail, if the mail server wants to know"),
  SMTP_PASSWORD("smtp-password", Kind.SECRET, "", "The password for the mail server"),
  MAIL_FROM("mail-from", Kind.MAIL, "", "Address that mail comes from");

  /** What a value is. */
  enum Kind {
    TEXT("TEXT"),
    PATH("FILE"),
    DATABASE("URL"),
    ADDRESS("HOST:PORT"),
    URL("URL"),
    LIST("IP,…"),
    MAIL_SERVER("URL"),
    MAIL("MAIL"),
    SECRET("FILE");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private final String key;
  private final Kind kind;
  private final String byDefault;
  private final String description;

  Setting(String key, Kind kind, String byDefault, String description) {
    this.key = key;
    this.kind = kind;
    this.byDefault = byDefault;
    this.description = description;
  }

  String key() {
    return key;
  }

  Kind kind() {
    return kind;
  }

  Optional<String> byDefault() {
    return byDefault.isEmpty() ? Optional.empty() : Optional.of(byDefault);
  }

  String description() {
    return description;
  }

  boolean isSecret() {
    return kind == Kind.SECRET;
  }

  /** Returns the variable of the environment. */
  String variable() {
    return "BITTING_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Returns the flag; a secret is never a flag, only the file that it is in. */
  String flag() {
    return "--" + key + (isSecret() ? "-file" : "");
  }
}
