package io.bitting.cli;

import io.bitting.client.protocol.SecretText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The profiles of a user, in one file.
 *
 * <p><b>Security guarantees.</b> The file has mode 0600 from its first byte on; one that others can
 * read is not read but refused. It is replaced in one step, so that a crash leaves the old one or
 * the new one.
 *
 * <p>Not safe for two processes that write at once: the later one wins.
 */
final class Profiles {
  /** The profile that is taken when none is named. */
  static final String DEFAULT = "default";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern SECTION = Pattern.compile("\\[([^\\[\\]]+)]");
  private static final Pattern MEMBER = Pattern.compile("(url|token|made-by) *= *(\\S+)");
  private static final String MADE_BY_DEMO = "demo";
  private static final String HEAD =
      "# Servers and tokens of the command bitting. Keep it secret.\n";

  private final Path file;

  private Profiles(Path file) {
    this.file = file;
  }

  static Profiles of(Surroundings surroundings) {
    Path folder =
        surroundings
            .variable("XDG_CONFIG_HOME")
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> surroundings.home().resolve(".config"));
    return new Profiles(folder.resolve("bitting").resolve("credentials"));
  }

  Path file() {
    return file;
  }

  /** Checks a name that somebody chose. */
  static String checkedName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw StopException.usage(
          "profile \""
              + name
              + "\" has no name that can be kept; it is 1 to 63 letters, digits, '.', '_' and '-', a letter or digit first",
          "");
    }
    return name;
  }

  /**
   * Reads all profiles.
   *
   * @throws StopException if others can read the file, or it is not one of these
   */
  Map<String, Profile> read() {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      refuseIfOthersCanRead();
      return parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, file + " cannot be read: " + Problems.reason(e), "");
    }
  }

  private void refuseIfOthersCanRead() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && !OwnerOnly.PERMISSIONS.containsAll(view.readAttributes().permissions())) {
      throw new StopException(
          ExitCode.FAILURE,
          file + " holds tokens and can be read by others than its owner",
          "Change that with: chmod 600 " + file);
    }
  }

  private Map<String, Profile> parse(String text) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> current = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String stripped = line.strip();
      Matcher section = SECTION.matcher(stripped);
      Matcher member = MEMBER.matcher(stripped);
      if (section.matches()) {
        current = new LinkedHashMap<>();
        if (sections.put(section.group(1), current) != null) {
          throw broken(number);
        }
      } else if (member.matches() && !sections.isEmpty()) {
        if (current.put(member.group(1), member.group(2)) != null) {
          throw broken(number);
        }
      } else if (!stripped.isEmpty() && !stripped.startsWith("#")) {
        throw broken(number);
      }
    }
    Map<String, Profile> profiles = new LinkedHashMap<>();
    sections.forEach((name, members) -> profiles.put(name, profile(name, members)));
    return profiles;
  }

  private StopException broken(int line) {
    return new StopException(
        ExitCode.FAILURE,
        file + ", line " + line + ", is no [profile], \"url = …\" or \"token = …\"",
        "");
  }

  private Profile profile(String name, Map<String, String> members) {
    String url = members.get("url");
    String token = members.get("token");
    if (url == null || token == null) {
      throw new StopException(
          ExitCode.FAILURE,
          "profile \"" + name + "\" of " + file + " lacks its url or its token",
          "Make it again with: bitting login");
    }
    try {
      return new Profile(
          new URI(url), SecretText.of(token), MADE_BY_DEMO.equals(members.get("made-by")));
    } catch (URISyntaxException e) {
      throw new StopException(
          ExitCode.FAILURE, "profile \"" + name + "\" of " + file + " has an url that is none", "");
    }
  }

  /** Keeps a profile, in the place of one of the same name. */
  void put(String name, Profile profile) {
    Map<String, Profile> profiles = new LinkedHashMap<>(read());
    profiles.put(checkedName(name), profile);
    write(profiles);
  }

  /** Forgets a profile; tells whether there was one. */
  boolean remove(String name) {
    Map<String, Profile> profiles = new LinkedHashMap<>(read());
    if (profiles.remove(name) == null) {
      return false;
    }
    write(profiles);
    return true;
  }

  private void write(Map<String, Profile> profiles) {
    StringBuilder text = new StringBuilder(HEAD);
    profiles.forEach((name, profile) ->
        text.append("\n[")
            .append(name)
            .append("]\nurl = ")
            .append(profile.url())
            .append("\ntoken = ")
            .append(profile.token().reveal())
            .append(profile.ofDemo() ? "\nmade-by = " + MADE_BY_DEMO + "\n" : "\n"));
    try {
      Files.createDirectories(file.getParent());
      Path next = file.resolveSibling("credentials.next");
      Files.deleteIfExists(next);
      OwnerOnly.create(next);
      Files.writeString(next, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
      replace(next);
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, file + " cannot be written: " + Problems.reason(e), "");
    }
  }

  private void replace(Path next) throws IOException {
    try {
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Finds the profile to use: the one that is named, else {@code default}, else the only one. */
  Optional<Profile> find(Optional<String> named) {
    Map<String, Profile> profiles = read();
    if (named.isPresent()) {
      Profile profile = profiles.get(named.get());
      if (profile == null) {
        throw StopException.usage(
            "there is no profile \""
                + named.get()
                + "\" in "
                + file
                + (profiles.isEmpty() ? "" : "; there are " + String.join(", ", profiles.keySet())),
            named.get().equals(DemoTraces.PROFILE)
                ? "It is there while the demo runs: bitting demo"
                : "Make one with: bitting login --profile " + named.get());
      }
      return Optional.of(profile);
    }
    if (profiles.containsKey(DEFAULT)) {
      return Optional.ofNullable(profiles.get(DEFAULT));
    }
    if (profiles.size() > 1) {
      throw StopException.usage(
          "which profile is meant? There are " + String.join(", ", profiles.keySet()),
          "Name one with --profile or BITTING_PROFILE.");
    }
    return profiles.values().stream().findFirst();
  }
}
