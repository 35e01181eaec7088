package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.KeyQuery;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.id.DisplayName;
import io.bitting.id.KeyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the key that somebody names: by id, as lists show it, or by its name. */
final class KeyFinder {
  private static final Pattern DISPLAY =
      Pattern.compile("[a-z0-9_]{1,20}_([0-9A-Za-z]{12})(?:…|\\.\\.\\.)?");

  private final BittingClient client;
  private final String organization;

  KeyFinder(BittingClient client, String organization) {
    this.client = client;
    this.organization = organization;
  }

  /**
   * Finds a key.
   *
   * @throws StopException if there is none, or more than one
   */
  KeyAnswer find(String text) {
    Optional<String> id = id(text);
    if (id.isPresent()) {
      Outcome<KeyAnswer> outcome = client.key(organization, id.get());
      if (!(outcome instanceof Outcome.Refused<KeyAnswer> refused
          && refused.problem().status() == 404)) {
        return outcome.orThrow();
      }
    }
    List<KeyAnswer> named = named(text);
    if (named.isEmpty()) {
      throw new StopException(
          ExitCode.NOT_FOUND,
          "there is no key \"" + text + "\" in organization " + organization,
          "See what there is: bitting keys list --organization " + organization);
    }
    if (named.size() > 1) {
      throw new StopException(
          ExitCode.CONFLICT,
          Plain.count(named.size(), "key")
              + " of organization "
              + organization
              + " are named \""
              + text
              + "\"",
          "Give the id of one: " + String.join(", ", named.stream().map(KeyAnswer::id).toList()));
    }
    return named.getFirst();
  }

  private static Optional<String> id(String text) {
    Matcher display = DISPLAY.matcher(text);
    return KeyId.parse(text)
        .map(KeyId::text)
        .or(() -> display.matches() ? Optional.of(display.group(1)) : Optional.empty());
  }

  /* A name is unique among keys that are neither revoked nor replaced; of the others, all are found if it is nobody else's. */
  private List<KeyAnswer> named(String name) {
    String folded = DisplayName.folded(DisplayName.normalize(name));
    List<KeyAnswer> found = new ArrayList<>();
    for (KeyAnswer key :
        Pages.all(cursor ->
            client.keys(organization, next(KeyQuery.all().text(name).limit(200), cursor)))) {
      if (DisplayName.folded(key.name()).equals(folded)) {
        found.add(key);
      }
    }
    List<KeyAnswer> live = found.stream().filter(key -> !key.state().equals("revoked")).toList();
    List<KeyAnswer> holders = live.stream().filter(key -> key.replacedBy() == null).toList();
    if (!holders.isEmpty()) {
      return holders;
    }
    return live.isEmpty() ? found : live;
  }

  private static KeyQuery next(KeyQuery query, Optional<String> cursor) {
    return cursor.map(query::after).orElse(query);
  }
}
