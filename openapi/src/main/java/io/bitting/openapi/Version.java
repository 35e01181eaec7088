package io.bitting.openapi;

import io.bitting.openapi.DocumentFault.Code;
import java.util.Optional;
import java.util.regex.Pattern;

/** The formats that are read. */
enum Version {
  SWAGGER_2_0("swagger", "2\\.0"),
  OPENAPI_3_0("openapi", "3\\.0\\.[0-9]+(?:-.{1,20})?"),
  OPENAPI_3_1("openapi", "3\\.1\\.[0-9]+(?:-.{1,20})?");

  private static final String FIX =
      "begin the document with openapi: 3.1.0, openapi: 3.0.4 or swagger: \"2.0\", whichever it follows";

  private final String member;
  private final Pattern pattern;

  Version(String member, String pattern) {
    this.member = member;
    this.pattern = Pattern.compile(pattern);
  }

  /** Finds the version of a document; if there is none that is read, that is a fault. */
  static Optional<Version> of(Part root, Faults faults) {
    if (root.member("swagger").isPresent() && root.member("openapi").isPresent()) {
      faults.add(
          root,
          Code.VERSION_UNKNOWN,
          "the document has both \"swagger\" and \"openapi\"; it can follow only one",
          FIX);
      return Optional.empty();
    }
    for (Version version : values()) {
      Optional<String> text = root.member(version.member).flatMap(Part::words);
      if (text.filter(given -> version.pattern.matcher(given).matches()).isPresent()) {
        return Optional.of(version);
      }
    }
    Optional<Part> given = root.member("openapi").or(() -> root.member("swagger"));
    faults.add(
        given.orElse(root),
        Code.VERSION_UNKNOWN,
        given
                .map(part -> "the document's version is " + part.node().words())
                .orElse("the document does not say what version of OpenAPI it follows")
            + "; OpenAPI 3.0 and 3.1 and Swagger 2.0 are read",
        FIX);
    return Optional.empty();
  }
}
