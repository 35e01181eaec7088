package io.bitting.server.http;

import io.bitting.access.Refusal;
import io.bitting.store.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an endpoint answers.
 *
 * <p>Immutable; {@code toString} does not show the body.
 */
public sealed interface Answer {

  /**
   * A body of some media type.
   *
   * @param status the HTTP status
   * @param mediaType its media type; empty if there is no body
   * @param bytes the body, not to be changed by anybody
   * @param headers further headers
   */
  record Body(int status, String mediaType, Bytes bytes, List<Header> headers) implements Answer {
    /** Copies the list. */
    public Body {
      headers = List.copyOf(headers);
    }

    @Override
    public String toString() {
      return status + " " + mediaType;
    }
  }

  /**
   * Bytes that are written once and never changed.
   *
   * @param array the bytes themselves
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] array) {
    /** No bytes. */
    public static final Bytes NONE = new Bytes(new byte[0]);

    @Override
    public String toString() {
      return array.length + " bytes";
    }
  }

  /**
   * A problem.
   *
   * @param problem which
   * @param headers further headers
   */
  record Failed(Problem problem, List<Header> headers) implements Answer {
    /** Copies the list. */
    public Failed {
      headers = List.copyOf(headers);
    }
  }

  /**
   * A refusal by a guard.
   *
   * @param refusal which
   */
  record Refused(Refusal refusal) implements Answer {}

  /**
   * Answers JSON.
   *
   * @param status the HTTP status
   * @param value what is written as JSON
   */
  static Answer json(int status, Object value) {
    return new Body(status, "application/json", new Bytes(Json.write(value)), List.of());
  }

  /**
   * Answers with headers only.
   *
   * @param status the HTTP status
   * @param headers the headers
   */
  static Body bare(int status, List<Header> headers) {
    return new Body(status, "", Bytes.NONE, headers);
  }

  /**
   * Answers bytes.
   *
   * @param mediaType their media type
   * @param bytes the bytes, not to be changed by anybody
   */
  static Answer bytes(String mediaType, byte[] bytes) {
    return new Body(200, mediaType, new Bytes(bytes), List.of());
  }

  /**
   * Answers text.
   *
   * @param mediaType its media type
   * @param text the text
   */
  static Answer text(String mediaType, String text) {
    return new Body(200, mediaType, new Bytes(text.getBytes(StandardCharsets.UTF_8)), List.of());
  }

  /**
   * Answers a problem.
   *
   * @param code the kind
   * @param detail this one, in a sentence
   */
  static Answer problem(ProblemCode code, String detail) {
    return problem(Problem.of(code, detail));
  }

  /**
   * Answers a problem.
   *
   * @param problem which
   */
  static Answer problem(Problem problem) {
    return new Failed(problem, List.of());
  }

  /** Returns the HTTP status. */
  default int status() {
    return switch (this) {
      case Body body -> body.status();
      case Failed failed -> failed.problem().code().status();
      case Refused refused -> refused.refusal().status();
    };
  }

  /**
   * Returns it with a further header. A refusal has its own headers and stays as it is.
   *
   * @param name the header
   * @param value its value
   */
  default Answer with(String name, String value) {
    return switch (this) {
      case Body body ->
          new Body(
              body.status(), body.mediaType(), body.bytes(), more(body.headers(), name, value));
      case Failed failed -> new Failed(failed.problem(), more(failed.headers(), name, value));
      case Refused refused -> refused;
    };
  }

  /**
   * Returns it with the position that it rests on.
   *
   * @param position the position
   */
  default Answer asOf(Position position) {
    return with("Bitting-As-Of", position.text());
  }

  /**
   * Finds a header.
   *
   * @param name the header
   */
  default Optional<String> header(String name) {
    List<Header> headers =
        switch (this) {
          case Body body -> body.headers();
          case Failed failed -> failed.headers();
          case Refused ignored -> List.of();
        };
    return headers.stream().filter(header -> header.isNamed(name)).map(Header::value).findFirst();
  }

  private static List<Header> more(List<Header> headers, String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return more;
  }
}
