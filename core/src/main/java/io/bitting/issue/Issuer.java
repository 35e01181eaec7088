package io.bitting.issue;

import io.bitting.audit.Actor;
import io.bitting.grant.Ceiling;
import java.util.Optional;

/**
 * Who issues a key, and how much they may grant. To be made inside the transaction that issues,
 * from rows that were locked and checked there.
 *
 * @param actor who
 * @param ceiling the most that they may grant
 * @param requestId the request by which they do it, if it came by one
 * @param source the address that it came from, if it came from one
 */
public record Issuer(
    Actor actor, Ceiling ceiling, Optional<String> requestId, Optional<String> source) {}
