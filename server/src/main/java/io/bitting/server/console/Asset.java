package io.bitting.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that pages load. Its address changes with its content, so that a browser may keep it for
 * ever.
 */
enum Asset {
  /** Bootstrap's style sheet. */
  BOOTSTRAP(
      "bootstrap.css",
      "text/css",
      "/META-INF/resources/webjars/bootstrap/5.3.8/css/bootstrap.min.css"),
  /** How the console looks. */
  THEME("theme.css", "text/css", "theme.css"),
  /** Chooses light or dark before anything is painted. */
  FIRST("first.js", "text/javascript", "first.js"),
  /** What pages do besides. */
  SCRIPT("console.js", "text/javascript", "console.js"),
  /** The icons, each a symbol with an id. */
  ICONS("icons.svg", "image/svg+xml", "icons.svg");

  private static final String FOLDER = "/assets/";

  private final String path;
  private final String mediaType;
  private final byte[] bytes;

  Asset(String name, String mediaType, String resource) {
    this.mediaType = mediaType;
    bytes = read(resource);
    path = FOLDER + HexFormat.of().formatHex(sha256(bytes), 0, 8) + "/" + name;
  }

  /** Returns its address on this server. */
  String path() {
    return path;
  }

  String mediaType() {
    return mediaType;
  }

  /** Returns the bytes themselves, not to be changed by anybody. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Finds an asset.
   *
   * @param path any path
   */
  static Optional<Asset> at(String path) {
    return Stream.of(values()).filter(asset -> asset.path.equals(path)).findFirst();
  }

  private static byte[] read(String resource) {
    try (InputStream in = Asset.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + resource + "; build it again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
