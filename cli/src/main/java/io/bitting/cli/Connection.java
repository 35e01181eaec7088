package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.SecretText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which server to ask, and with which token: flags, then environment, then profile. */
final class Connection {
  static final String URL_USUAL = "http://127.0.0.1:8080";

  private final Surroundings surroundings;

  @Option(
      order = HelpOrder.CONNECTION,
      names = "--url",
      paramLabel = "URL",
      description = "Address of the server. Else BITTING_URL, else the profile's.")
  private @Nullable String url;

  @Option(
      order = HelpOrder.CONNECTION,
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Profile with address and token. Else BITTING_PROFILE, else \"default\", else the only one.")
  private @Nullable String profile;

  @ArgGroup(exclusive = true)
  private @Nullable TokenSource source;

  /** Where the token is. */
  static final class TokenSource {
    @Option(
        order = HelpOrder.CONNECTION,
        names = "--token-file",
        paramLabel = "FILE",
        description =
            "File with the token. Else BITTING_TOKEN or BITTING_TOKEN_FILE, else the profile's.")
    private @Nullable String file;

    @Option(
        order = HelpOrder.CONNECTION,
        names = "--token-stdin",
        description = "Read the token from standard input.")
    private boolean stdin;
  }

  Connection(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns a client with a token. */
  BittingClient client() {
    Optional<SecretText> given = givenToken();
    if (given.isPresent()) {
      return client(url(), given.get());
    }
    Profile found = profile().orElseThrow(Connection::noToken);
    Optional<URI> asked = givenUrl();
    if (asked.isPresent() && !asked.get().equals(found.url())) {
      throw StopException.usage(
          "the profile's token is for " + found.url() + " and does not go to " + asked.get(),
          "Give the token for it with --token-file, or name another --profile.");
    }
    return client(found.url(), found.token());
  }

  /** Returns a client that sends no token. */
  BittingClient anonymous() {
    return builder(url()).build();
  }

  /** Returns the token that would be sent, and where it was found. */
  FoundToken token() {
    if (source != null
        || surroundings.variable("BITTING_TOKEN").isPresent()
        || surroundings.variable("BITTING_TOKEN_FILE").isPresent()) {
      return new FoundToken(givenToken().orElseThrow(), origin());
    }
    return new FoundToken(
        profile().orElseThrow(Connection::noToken).token(),
        Profiles.of(surroundings).file().toString());
  }

  /** A token and where it was. */
  record FoundToken(SecretText token, String origin) {}

  private String origin() {
    if (source != null) {
      return source.file == null ? "standard input" : source.file;
    }
    return surroundings.variable("BITTING_TOKEN").isPresent()
        ? "BITTING_TOKEN"
        : surroundings.variable("BITTING_TOKEN_FILE").orElseThrow();
  }

  private static StopException noToken() {
    return new StopException(
        ExitCode.NOT_AUTHENTICATED,
        "there is no token to ask with",
        "Sign in with bitting login, or give one by --token-file, --token-stdin or BITTING_TOKEN_FILE.");
  }

  /** Returns the token that flags or environment give. */
  Optional<SecretText> givenToken() {
    Secrets secrets = new Secrets(surroundings);
    if (source != null) {
      return Optional.of(source.file == null ? secrets.fromIn() : secrets.fromFile(source.file));
    }
    return secrets.fromEnvironment("BITTING_TOKEN");
  }

  /** Repeats the options that say which server and which token, for a command to run next. */
  String again() {
    return (url == null ? "" : " --url " + url)
        + (profile == null ? "" : " --profile " + profile)
        + (source == null || source.file == null ? "" : " --token-file " + source.file);
  }

  /** Tells whether standard input is spoken for. */
  boolean readsIn() {
    return source != null && source.stdin;
  }

  /** Returns the name of the profile that flag or environment give. */
  Optional<String> profileName() {
    return Optional.ofNullable(profile).or(() -> surroundings.variable("BITTING_PROFILE"));
  }

  private Optional<Profile> profile() {
    return Profiles.of(surroundings).find(profileName());
  }

  private Optional<URI> givenUrl() {
    return Optional.ofNullable(url)
        .or(() -> surroundings.variable("BITTING_URL"))
        .map(Connection::uri);
  }

  /** Returns the address, with or without a token for it. */
  URI url() {
    return givenUrl().or(() -> profile().map(Profile::url)).orElseGet(() -> URI.create(URL_USUAL));
  }

  /** Returns the address that flag or environment give, else the usual one. */
  URI urlWithoutProfile() {
    return givenUrl().orElseGet(() -> URI.create(URL_USUAL));
  }

  private static URI uri(String text) {
    try {
      return new URI(text.replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      throw StopException.usage(
          "\"" + text + "\" is no address", "Give scheme, host and port, as " + URL_USUAL + ".");
    }
  }

  /** Returns a client for an address with a token. */
  BittingClient client(URI address, SecretText token) {
    if (!token.reveal().chars().allMatch(c -> c > 0x20 && c < 0x7f) || token.reveal().isEmpty()) {
      throw new StopException(
          ExitCode.NOT_AUTHENTICATED,
          "the token is empty or has characters that no token has, so it was not sent",
          "See what is wrong with it: bitting doctor" + again());
    }
    return builder(address).token(token::reveal).build();
  }

  private static BittingClient.Builder builder(URI address) {
    try {
      return BittingClient.builder(address);
    } catch (IllegalArgumentException e) {
      throw StopException.usage(String.valueOf(e.getMessage()), "");
    }
  }
}
