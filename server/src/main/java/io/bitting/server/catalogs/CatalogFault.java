package io.bitting.server.catalogs;

/**
 * One thing that is wrong with the text of a catalog.
 *
 * @param line where it is, from 1
 * @param pointer where it is, an RFC 6901 pointer: {@code /scopes/3/access}
 * @param code the kind of fault
 * @param message what is wrong, with the offending value and the rule
 * @param fix what to do about it
 */
public record CatalogFault(int line, String pointer, Code code, String message, String fix) {

  /** The kinds of faults. */
  public enum Code {
    /** The text is not YAML, or not JSON. */
    SYNTAX("catalog_syntax"),
    /** The text is longer than {@link CatalogDocument#BYTES_MAX}. */
    TOO_LARGE("catalog_too_large"),
    /** The text is nested deeper than {@link CatalogDocument#DEPTH_MAX}. */
    TOO_DEEP("catalog_too_deep"),
    /** The YAML has an anchor or an alias. */
    ALIAS("catalog_alias"),
    /** The YAML has a tag. */
    TAG("catalog_tag"),
    /** The YAML has more than one document. */
    DOCUMENT_REPEATED("catalog_document_repeated"),
    /** A member that the format does not have. */
    MEMBER_UNKNOWN("catalog_member_unknown"),
    /** A member that the format wants is not there. */
    MEMBER_MISSING("catalog_member_missing"),
    /** A member stands twice in one object. */
    MEMBER_REPEATED("catalog_member_repeated"),
    /** A value of another type than the member has. */
    TYPE_WRONG("catalog_type_wrong"),
    /** A version of the format that is not known. */
    VERSION_UNKNOWN("catalog_version_unknown"),
    /** The API's id is not a slug. */
    API_INVALID("catalog_api_invalid"),
    /** The key prefix is not well-formed. */
    PREFIX_INVALID("catalog_prefix_invalid"),
    /** A name, category or description that is empty, too long or does not print. */
    TEXT_INVALID("catalog_text_invalid"),
    /** There is no scope. */
    SCOPES_EMPTY("catalog_scopes_empty"),
    /** There are more scopes than {@link CatalogDocument#SCOPES_MAX}. */
    SCOPES_TOO_MANY("catalog_scopes_too_many"),
    /** A scope's name is not well-formed. */
    SCOPE_MALFORMED("catalog_scope_malformed"),
    /** A scope stands twice. */
    SCOPE_REPEATED("catalog_scope_repeated"),
    /** An entry is both a scope and an inclusion. */
    ENTRY_AMBIGUOUS("catalog_entry_ambiguous"),
    /** An access level that is not known. */
    ACCESS_UNKNOWN("catalog_access_unknown"),
    /** An inclusion of what is no built-in scope. */
    INCLUDE_UNKNOWN("catalog_include_unknown"),
    /** An inclusion of a scope of the installation. */
    INCLUDE_OF_INSTALLATION("catalog_include_of_installation"),
    /** An implied scope that the catalog lacks. */
    IMPLIED_UNKNOWN("catalog_implied_unknown"),
    /** An implied scope that is included from Bitting. */
    IMPLIED_INCLUDED("catalog_implied_included"),
    /** An implied scope that stands twice. */
    IMPLIED_REPEATED("catalog_implied_repeated"),
    /** A scope that implies itself, directly or over others. */
    CIRCLE("catalog_circle"),
    /** In Bitting's own catalog: a scope that Bitting does not have, or one of another family. */
    BUILT_IN("catalog_built_in"),
    /** A template that proposes nothing, or what new keys cannot have, or that stands twice. */
    TEMPLATE_INVALID("catalog_template_invalid"),
    /** More faults than are listed. */
    MORE("catalog_more_faults");

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
