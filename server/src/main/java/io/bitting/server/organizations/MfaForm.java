package io.bitting.server.organizations;

import io.bitting.organization.Organization;
import io.bitting.scope.Spelling;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Reads from when on members are to need a second factor.
 *
 * @param isGiven whether anything is to change
 * @param from from when on; empty for never
 */
record MfaForm(boolean isGiven, Optional<Instant> from) {
  private static final String NAME = "mfa_required_from";
  private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

  /** Reads it; a time that is past counts as now. It counts only if there are no faults. */
  static MfaForm read(Fields fields, Clock clock) {
    if (!fields.has(NAME) || fields.isNull(NAME)) {
      return new MfaForm(fields.has(NAME), Optional.empty());
    }
    Optional<String> text = fields.optionalText(NAME);
    Optional<Instant> at = text.flatMap(Timestamp::parse).filter(time -> time.isBefore(END));
    if (text.isPresent() && at.isEmpty()) {
      fields.fault(
          NAME,
          "time_malformed",
          "time \"" + Spelling.printable(text.get()) + "\" is not one as RFC 3339 has it",
          "send a time such as 2027-02-18T00:00:00Z, or null for never");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new MfaForm(true, at.map(time -> time.isBefore(now) ? now : time));
  }

  /** Tells whether somebody would need a second factor who needs none as it is, or not yet. */
  boolean tightens(Organization before) {
    Instant required = before.mfaRequiredFrom();
    return isGiven && from.filter(at -> required == null || at.isBefore(required)).isPresent();
  }

  /** Tells whether somebody would get by without a second factor who needs one as it is. */
  boolean eases(Organization before) {
    Instant required = before.mfaRequiredFrom();
    return isGiven && required != null && from.filter(at -> !at.isAfter(required)).isEmpty();
  }
}
