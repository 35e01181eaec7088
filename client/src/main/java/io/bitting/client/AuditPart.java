package io.bitting.client;

import java.util.Optional;

/**
 * A part of an export, to be written after the parts before it as it is.
 *
 * @param text whole lines, possibly none
 * @param nextCursor what to ask for the next part with; empty if this is the last
 */
public record AuditPart(String text, Optional<String> nextCursor) {}
