package io.bitting.openapi;

/**
 * One thing that is wrong with a document, so that none of it is imported.
 *
 * @param line where it is, from 1
 * @param pointer where it is, an RFC 6901 pointer: {@code /paths/~1pets/get/security/0}
 * @param code the kind of fault
 * @param message what is wrong, with the offending value and the rule
 * @param fix what to do about it
 */
public record DocumentFault(int line, String pointer, Code code, String message, String fix) {

  /** The kinds of faults. */
  public enum Code {
    /** The document is longer than {@link OpenApiDocument#BYTES_MAX}. */
    TOO_LARGE("openapi_too_large"),
    /** A line of YAML is longer than {@link OpenApiDocument#LINE_LENGTH_MAX}. */
    LINE_TOO_LONG("openapi_line_too_long"),
    /** The document is nested deeper than {@link OpenApiDocument#DEPTH_MAX}. */
    TOO_DEEP("openapi_too_deep"),
    /** The document has more values than {@link OpenApiDocument#VALUES_MAX}. */
    TOO_MANY_VALUES("openapi_too_many_values"),
    /** The document has more operations than {@link OpenApiDocument#OPERATIONS_MAX}. */
    TOO_MANY_OPERATIONS("openapi_too_many_operations"),
    /** A requirement or a list of servers is longer than {@link OpenApiDocument#LIST_MAX}. */
    LIST_TOO_LONG("openapi_list_too_long"),
    /** The bytes are not UTF-8. */
    ENCODING("openapi_encoding"),
    /** The text is not YAML, or not JSON. */
    SYNTAX("openapi_syntax"),
    /** The YAML has an alias, or merges one object into another. */
    ALIAS("openapi_alias"),
    /** The YAML has a tag. */
    TAG("openapi_tag"),
    /** The YAML has more than one document. */
    DOCUMENT_REPEATED("openapi_document_repeated"),
    /** A member stands twice in one object. */
    MEMBER_REPEATED("openapi_member_repeated"),
    /** A member that must be there is not. */
    MEMBER_MISSING("openapi_member_missing"),
    /** A value of another type than the member has. */
    TYPE_WRONG("openapi_type_wrong"),
    /** The document is of no version that is read. */
    VERSION_UNKNOWN("openapi_version_unknown"),
    /** A security scheme is named that the document does not have. */
    SCHEME_UNKNOWN("openapi_scheme_unknown"),
    /** The document has several security schemes, and none is named. */
    SCHEME_UNNAMED("openapi_scheme_unnamed"),
    /** What is said of security is no list of objects of lists of texts. */
    SECURITY_MALFORMED("openapi_security_malformed"),
    /** What is said of security stands where it is not read. */
    SECURITY_MISPLACED("openapi_security_misplaced"),
    /** A scope is no scope token. */
    SCOPE_MALFORMED("openapi_scope_malformed"),
    /** A reference leads out of the document. */
    REFERENCE_EXTERNAL("openapi_reference_external"),
    /** A reference leads to nothing, or is not well-formed. */
    REFERENCE_BROKEN("openapi_reference_broken"),
    /** References lead in a circle. */
    REFERENCE_CIRCLE("openapi_reference_circle"),
    /** A reference stands where it is not followed, or beside what it would replace. */
    REFERENCE_MISPLACED("openapi_reference_misplaced"),
    /** The URL of a server has no base path that can be known. */
    SERVER_UNCLEAR("openapi_server_unclear"),
    /** A path is no path template. */
    PATH_MALFORMED("openapi_path_malformed"),
    /** Two operations have one method and paths of one shape. */
    OPERATION_REPEATED("openapi_operation_repeated"),
    /** The name of an operation is too long or does not print. */
    OPERATION_ID_MALFORMED("openapi_operation_id_malformed"),
    /** The options name an operation that the document does not have, or has twice. */
    OPERATION_UNKNOWN("openapi_operation_unknown"),
    /** More faults than are listed. */
    MORE("openapi_more_faults");

    private final String code;

    Code(String code) {
      this.code = code;
    }

    /** Returns the word used in JSON. */
    public String code() {
      return code;
    }
  }
}
