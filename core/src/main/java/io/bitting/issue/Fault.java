package io.bitting.issue;

/**
 * One thing that is wrong with what was sent.
 *
 * @param pointer where it is, an RFC 6901 pointer into the JSON: {@code /scopes/2}
 * @param code the stable word for the kind of fault
 * @param message what is wrong, with the offending value and the rule
 * @param fix what to do about it
 */
public record Fault(String pointer, String code, String message, String fix) {}
