package io.bitting.cli;

import io.bitting.cli.demo.Demo;
import io.bitting.client.protocol.SecretText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a demo makes outside of its folder: the file {@code demo.header} and the profile {@code
 * demo}. Both are of use as long as it runs, and go with it.
 *
 * <p><b>Guarantee.</b> Nothing is replaced or removed but what a demo made.
 */
final class DemoTraces {
  static final String PROFILE = Demo.ORGANIZATION;
  static final String HEADER = "demo.header";

  private static final String HEADER_START = "Authorization: Bearer ";

  private final Path header;
  private final Path demoFolder;
  private final Profiles profiles;

  DemoTraces(Surroundings surroundings, Path demoFolder) {
    this.header = surroundings.path(HEADER);
    this.demoFolder = demoFolder;
    this.profiles = Profiles.of(surroundings);
  }

  /**
   * Looks whether they can be made.
   *
   * @throws StopException if something else is in their place
   */
  void check() {
    Profile there = profiles.read().get(PROFILE);
    if (there != null && !there.ofDemo()) {
      throw new StopException(
          ExitCode.CONFLICT,
          "profile \""
              + PROFILE
              + "\" in "
              + profiles.file()
              + " is of "
              + there.url()
              + " and was not made by a demo, so it is not replaced",
          "Keep that token under another name with bitting login --profile NAME, then: bitting logout --profile "
              + PROFILE);
    }
    if (Files.exists(header) && !isOfDemo()) {
      throw new StopException(
          ExitCode.CONFLICT,
          header + " was not made by a demo, so it is not replaced",
          "Move it away, or start the demo in another folder.");
    }
  }

  /* A demo's header has one line, with a token, and stands beside the demo's folder. */
  private boolean isOfDemo() {
    String text = headerText();
    return Files.isDirectory(demoFolder)
        && text.startsWith(HEADER_START)
        && text.endsWith("\n")
        && Secrets.isToken(text.substring(HEADER_START.length(), text.length() - 1));
  }

  private String headerText() {
    try {
      return Files.size(header) > 200 ? "" : Files.readString(header, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  void make(Demo demo) {
    OwnerOnly.write(header, header(demo));
    profiles.put(PROFILE, new Profile(URI.create(demo.baseUrl()), demo.ownerToken(), true));
  }

  private static String header(Demo demo) {
    return HEADER_START + demo.reader().token().reveal() + "\n";
  }

  /** Removes what is still this demo's. */
  void remove(Demo demo) throws IOException {
    if (Files.exists(header) && headerText().equals(header(demo))) {
      Files.delete(header);
    }
    Profile there = profiles.read().get(PROFILE);
    SecretText mine = demo.ownerToken();
    if (there != null && there.token().reveal().equals(mine.reveal())) {
      profiles.remove(PROFILE);
    }
  }
}
