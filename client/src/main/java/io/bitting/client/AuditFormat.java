package io.bitting.client;

/** The form of an export of an audit chain. */
public enum AuditFormat {
  /** One JSON object a line: events, then signed checkpoints. It can be verified. */
  NDJSON("ndjson", "application/x-ndjson"),
  /** A table of the events, for spreadsheets. It cannot be verified. */
  CSV("csv", "text/csv");

  private final String code;
  private final String mediaType;

  AuditFormat(String code, String mediaType) {
    this.code = code;
    this.mediaType = mediaType;
  }

  /** Returns the word for it. */
  public String code() {
    return code;
  }

  /** Returns its media type. */
  public String mediaType() {
    return mediaType;
  }
}
