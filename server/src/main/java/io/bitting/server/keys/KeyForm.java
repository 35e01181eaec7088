package io.bitting.server.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.id.DisplayName;
import io.bitting.issue.Fault;
import io.bitting.issue.KeyRequest;
import io.bitting.issue.ReplacementRequest;
import io.bitting.issue.RotationRequest;
import io.bitting.key.Overlap;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
import io.bitting.scope.Spelling;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the bodies by which a key, a secret or an end is asked for. */
final class KeyForm {
  /** A week: no overlap is longer. */
  private static final int QUIET_HOURS_MAX = 168;

  /** Years of more than four digits are no times of RFC 3339. */
  private static final Instant EXPIRY_END = Instant.parse("9999-12-31T23:59:59Z");

  private static final String OVERLAPS =
      Stream.of(Overlap.values()).map(Overlap::code).collect(Collectors.joining(", "));
  private static final String REASONS =
      Stream.of(RevocationReason.values())
          .map(RevocationReason::code)
          .collect(Collectors.joining(", "));

  private KeyForm() {}

  /** Reads it; what it returns counts only if there are no faults. */
  static KeyRequest read(JsonNode body, List<Fault> faults) {
    try (Fields fields = new Fields(body, "", faults)) {
      String api = fields.text("api");
      String name = fields.text("name");
      String purpose = fields.optionalText("purpose").orElse("");
      KeyRequest.Scopes scopes = scopes(fields);
      KeyRequest.Expiry expiry = expiry(fields);
      Optional<KeyRequest.Reaching> reach = reach(fields, faults);
      return new KeyRequest(api, name, purpose, scopes, expiry, reach);
    }
  }

  /** Reads a request for a new secret; it counts only if there are no faults. */
  static RotationRequest readRotation(JsonNode body, List<Fault> faults) {
    try (Fields fields = new Fields(body, "", faults)) {
      return new RotationRequest(
          overlap(fields),
          optionalExpiry(fields),
          fields
              .optionalNumber("retire_when_quiet_hours", 1, QUIET_HOURS_MAX)
              .map(Duration::ofHours));
    }
  }

  /** A request for a key in the place of another, and whether it is only a plan. */
  record Replacing(ReplacementRequest request, boolean isPlan) {}

  /** Reads a request for a key in the place of another; it counts only if there are no faults. */
  static Replacing readReplacement(JsonNode body, List<Fault> faults) {
    try (Fields fields = new Fields(body, "", faults)) {
      Optional<String> name = fields.optionalText("name");
      Optional<String> purpose = fields.optionalText("purpose");
      boolean some = fields.has("scopes");
      boolean all = fields.has("all_scopes");
      Optional<KeyRequest.Scopes> scopes =
          some || all ? Optional.of(scopes(fields)) : Optional.empty();
      return new Replacing(
          new ReplacementRequest(
              name,
              purpose,
              scopes,
              optionalExpiry(fields),
              reach(fields, faults),
              overlap(fields)),
          fields.optionalFlag("plan").orElse(false));
    }
  }

  private static Optional<KeyRequest.Expiry> optionalExpiry(Fields fields) {
    return fields.has("expires_at") ? Optional.of(expiry(fields)) : Optional.empty();
  }

  private static Optional<Overlap> overlap(Fields fields) {
    Optional<String> text = fields.optionalText("overlap");
    Optional<Overlap> overlap = text.flatMap(Overlap::of);
    if (text.isPresent() && overlap.isEmpty()) {
      fields.fault(
          "overlap",
          "overlap_unknown",
          "overlap \"" + Spelling.printable(text.get()) + "\" is none of " + OVERLAPS,
          "send one of them, or leave it out for 24h");
    }
    return overlap;
  }

  /** Reads why a key is revoked; what it returns counts only if there are no faults. */
  static Revocation revocation(Fields fields) {
    Optional<String> word = fields.optionalText("reason");
    Optional<RevocationReason> reason = word.flatMap(RevocationReason::of);
    if (word.isPresent() && reason.isEmpty()) {
      fields.fault(
          "reason",
          "reason_unknown",
          "reason \"" + Spelling.printable(word.get()) + "\" is none of " + REASONS,
          "send one of them, and what else there is to say as note");
    }
    String note = DisplayName.normalize(fields.optionalText("note").orElse(""));
    DisplayName.fault("note", note, DisplayName.PURPOSE_LENGTH_MAX)
        .ifPresent(message -> fields.fault("note", "note_invalid", message, "choose other words"));
    return new Revocation(reason.orElse(RevocationReason.OTHER), note);
  }

  private static KeyRequest.Scopes scopes(Fields fields) {
    boolean some = fields.has("scopes");
    boolean all = fields.has("all_scopes");
    if (some && all) {
      fields.fault(
          "all_scopes",
          "grant_ambiguous",
          "both \"scopes\" and \"all_scopes\" are given; a grant is one or the other",
          "keep the one that is meant");
    }
    if (!some && !all) {
      fields.fault(
          "scopes",
          "grant_missing",
          "neither \"scopes\" nor \"all_scopes\" is given; a key has a grant",
          "name the scopes that the key needs");
    }
    Optional<Boolean> flag = fields.optionalFlag("all_scopes");
    if (flag.isPresent() && !flag.get()) {
      fields.fault(
          "all_scopes",
          "value_out_of_range",
          "\"all_scopes\" is false; it is true or left out",
          "leave it out and name the scopes");
    }
    Optional<List<String>> names = fields.texts("scopes");
    if (all && !some) {
      return new KeyRequest.AllScopes();
    }
    names.ifPresent(given -> repeated(given, fields));
    return new KeyRequest.SomeScopes(names.orElse(List.of()));
  }

  private static void repeated(List<String> names, Fields fields) {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (!known.add(names.get(i))) {
        fields.fault(
            "scopes/" + i,
            "scope_repeated",
            "scope \"" + Spelling.printable(names.get(i)) + "\" stands twice",
            "keep one of them");
      }
    }
  }

  private static KeyRequest.Expiry expiry(Fields fields) {
    if (!fields.has("expires_at")) {
      return new KeyRequest.UsualExpiry();
    }
    if (fields.isNull("expires_at")) {
      return new KeyRequest.NoExpiry();
    }
    Optional<String> text = fields.optionalText("expires_at");
    if (text.isEmpty()) {
      return new KeyRequest.UsualExpiry();
    }
    Optional<Instant> at = Timestamp.parse(text.get()).filter(time -> time.isBefore(EXPIRY_END));
    if (at.isPresent()) {
      return new KeyRequest.ExpiryAt(at.get());
    }
    fields.fault(
        "expires_at",
        "expiry_malformed",
        "expiry \"" + Spelling.printable(text.get()) + "\" is not a time as RFC 3339 has it",
        "send a time such as 2027-02-18T00:00:00Z, null for never, or nothing for 90 days");
    return new KeyRequest.UsualExpiry();
  }

  private static Optional<KeyRequest.Reaching> reach(Fields fields, List<Fault> faults) {
    if (!fields.has("reach") || fields.isNull("reach")) {
      return Optional.empty();
    }
    JsonNode node = fields.node("reach").orElseThrow();
    if (node.isTextual()) {
      if (node.textValue().equals("everything")) {
        return Optional.of(new KeyRequest.ReachingEverything());
      }
      fields.fault(
          "reach",
          "value_out_of_range",
          "reach is \""
              + Spelling.printable(node.textValue())
              + "\"; as text it can only be \"everything\"",
          "send \"everything\", or an object with issue and verify");
      return Optional.empty();
    }
    List<KeyRequest.IssueUpTo> issue = new ArrayList<>();
    List<String> verify;
    try (Fields reach = new Fields(node, "/reach", faults)) {
      List<JsonNode> elements = reach.elements("issue").orElse(List.of());
      for (int i = 0; i < elements.size(); i++) {
        try (Fields upTo = new Fields(elements.get(i), "/reach/issue/" + i, faults)) {
          issue.add(new KeyRequest.IssueUpTo(upTo.text("api"), scopes(upTo)));
        }
      }
      verify = reach.texts("verify").orElse(List.of());
    }
    return Optional.of(new KeyRequest.ReachingSome(issue, verify));
  }
}
