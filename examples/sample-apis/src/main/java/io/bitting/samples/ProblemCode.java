package io.bitting.samples;

import java.util.Locale;

/** The kinds of problems that a sample API reports by itself; those of its guard are core's. */
public enum ProblemCode {
  /** The request cannot be read. */
  REQUEST_MALFORMED(400, "The request cannot be read"),
  /** A query parameter is unknown or has no meaning. */
  QUERY_INVALID(400, "The query is not valid"),
  /** There is nothing by that path. */
  NOT_FOUND(404, "Not found"),
  /** The path is right, the method is not. */
  METHOD_NOT_ALLOWED(405, "The method is not allowed"),
  /** The state of things does not permit it. */
  STATE_CONFLICT(409, "The state does not permit it"),
  /** The body is larger than the operation takes. */
  BODY_TOO_LARGE(413, "The body is too large"),
  /** The body is of another kind than the operation takes. */
  MEDIA_TYPE_UNSUPPORTED(415, "The media type is not supported"),
  /** The body can be read and is wrong. */
  VALIDATION_FAILED(422, "The body is not valid"),
  /** This API failed. */
  INTERNAL_ERROR(500, "Something failed");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the kind of problem in words. */
  public String title() {
    return title;
  }

  /** Returns the stable word that the problem's page is named by. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
