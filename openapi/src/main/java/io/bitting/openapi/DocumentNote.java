package io.bitting.openapi;

/**
 * Something in a document that is imported, and that a person should look at.
 *
 * @param line where it is, from 1
 * @param pointer where it is, an RFC 6901 pointer: {@code /paths/~1pets/get}
 * @param code the kind of note
 * @param operation the operation that it is about, by {@link
 *     io.bitting.operation.Operation#name()}; empty if it is about no single one
 * @param message what is noticed, and what it means
 */
public record DocumentNote(int line, String pointer, Code code, String operation, String message) {

  /** The kinds of notes. */
  public enum Code {
    /** An operation asks for no key; to be confirmed. */
    ANONYMOUS("anonymous"),
    /** An operation asks for a key and for no scope: any valid key may call it. */
    ANY_VALID_KEY("any_valid_key"),
    /** Nothing says what an operation requires; it is denied until somebody does. */
    UNDECLARED("undeclared"),
    /** No alternative of an operation's requirement is left; it is denied. */
    NOTHING_LEFT("nothing_left"),
    /** An alternative asks for what no key of Bitting stands for; it is left out. */
    ALTERNATIVE_DROPPED("alternative_dropped"),
    /** Of several scopes any one will do, since the options say so. */
    ANY_OF("any_of"),
    /** Scopes are required although no key is asked for; they stay required. */
    CONTRADICTION("contradiction"),
    /** A scope is spelled as none that people write. */
    SCOPE_SPELLING("scope_spelling"),
    /** A scope is required that the catalog does not have. */
    SCOPE_UNKNOWN("scope_unknown"),
    /** A scope of the catalog is required by no operation. */
    SCOPE_UNUSED("scope_unused"),
    /** An operation that changes something can be called with scopes that only read. */
    WRITE_BY_READ("write_by_read"),
    /** An operation whose method only reads seems to change something. */
    READ_THAT_CHANGES("read_that_changes"),
    /** Two operations with different requirements share paths, and neither is more concrete. */
    PATHS_OVERLAP("paths_overlap"),
    /** There are too many parameters in paths to compare all of them. */
    PATHS_NOT_COMPARED("paths_not_compared"),
    /** A base path is made with the default of a variable that may have other values. */
    SERVER_VARIABLE("server_variable"),
    /** Two operations have one {@code operationId}. */
    OPERATION_ID_REPEATED("operation_id_repeated"),
    /** A path has a member that is not read. */
    MEMBER_UNKNOWN("member_unknown");

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
