package io.bitting.cli;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.RevocationAnswer;
import io.bitting.client.protocol.SecretAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a key is, for people. */
final class KeyWords {
  private final Times times;

  KeyWords(Surroundings surroundings) {
    this.times = new Times(surroundings.clock());
  }

  /** Names a key so that there is no mistake which one. */
  static String named(KeyAnswer key) {
    return "\"" + Plain.text(key.name()) + "\" (" + key.display() + ")";
  }

  /** Says in a few words what a key may do. */
  static String scopes(KeyAnswer key) {
    return key.allScopes() ? "all" : String.valueOf(key.scopes().size());
  }

  /** Names what a key may do. */
  static String scopeNames(KeyAnswer key) {
    return key.allScopes() ? "all scopes, those added later too" : String.join(" ", key.scopes());
  }

  /** Shows a key in full. */
  void print(Surroundings to, KeyAnswer key) {
    List<Table.Pair> pairs = new ArrayList<>();
    pairs.add(new Table.Pair("Name", key.name()));
    pairs.add(new Table.Pair("Key", key.display()));
    pairs.add(new Table.Pair("Id", key.id()));
    pairs.add(new Table.Pair("API", key.api()));
    pairs.add(new Table.Pair("State", key.state()));
    pairs.add(new Table.Pair("Scopes", scopeNames(key)));
    Optional.ofNullable(key.reach())
        .ifPresent(reach -> pairs.add(new Table.Pair("Reach", words(reach))));
    if (!key.purpose().isEmpty()) {
      pairs.add(new Table.Pair("Purpose", key.purpose()));
    }
    pairs.add(
        new Table.Pair(
            "Created",
            times.both(key.createdAt())
                + " by "
                + key.createdBy().kind()
                + " "
                + key.createdBy().id()));
    pairs.add(new Table.Pair("Expires", times.both(key.expiresAt())));
    key.secrets().stream()
        .skip(1)
        .forEach(old -> pairs.add(new Table.Pair("Old token", words(old))));
    if (key.replacedBy() != null) {
      pairs.add(
          new Table.Pair(
              "Replaced", "by " + key.replacedBy() + ", ends " + times.both(key.endsAt())));
    }
    if (key.revokedAt() != null) {
      pairs.add(new Table.Pair("Revoked", times.both(key.revokedAt()) + words(key.revocation())));
    }
    Table.printPairs(to, pairs);
  }

  private String words(SecretAnswer old) {
    String from = old.lastUsedFrom() == null ? "" : " from " + old.lastUsedFrom();
    String quiet =
        old.endsWhenQuietHours() == null
            ? ""
            : ", or once quiet for " + old.endsWhenQuietHours() + " h";
    return "accepted until "
        + times.both(old.expiresAt())
        + quiet
        + (old.lastUsedAt() == null
            ? ""
            : "; last used " + times.relative(old.lastUsedAt()) + from);
  }

  private static String words(@Nullable RevocationAnswer revocation) {
    if (revocation == null) {
      return "";
    }
    String note = revocation.note().isEmpty() ? "" : ", \"" + Plain.text(revocation.note()) + "\"";
    return ": " + revocation.reason().replace('_', ' ') + note;
  }

  /** Says how far a key issues and verifies. */
  static String reach(@Nullable ReachForm reach) {
    return reach == null ? "none" : words(reach);
  }

  private static String words(ReachForm reach) {
    return switch (reach) {
      case ReachForm.Everything everything ->
          "everything: issues for every API up to all scopes, and verifies for every API";
      case ReachForm.Limited(List<ReachForm.Issuable> issue, List<String> verify) -> {
        List<String> words = new ArrayList<>();
        for (ReachForm.Issuable up : issue) {
          words.add(
              "issues for "
                  + up.api()
                  + " up to "
                  + (up.scopes() == null ? "all scopes" : String.join(" ", up.scopes())));
        }
        if (!verify.isEmpty()) {
          words.add("verifies for " + String.join(", ", verify));
        }
        yield words.isEmpty() ? "none" : String.join("; ", words);
      }
    };
  }
}
