package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an organization, or those that a filter leaves.
 *
 * @param rows the keys
 * @param next what to ask for the next part with; null if this is the last
 * @param later whether this is not the first part
 * @param filter what they were filtered by
 * @param makers who made keys, for the filter
 * @param faults what is wrong with the filter
 */
record KeysPage(
    List<Row> rows,
    @Nullable String next,
    boolean later,
    Filter filter,
    List<Maker> makers,
    Faults faults)
    implements ConsolePage {
  KeysPage {
    rows = List.copyOf(rows);
    makers = List.copyOf(makers);
  }

  /**
   * A key.
   *
   * @param key the key
   * @param scopesTotal how many scopes its API has
   * @param createdBy the name of who made it
   * @param rotateSoon whether it expires soon and is in use: somebody's job will fail
   */
  record Row(KeyAnswer key, int scopesTotal, String createdBy, boolean rotateSoon) {}

  /**
   * Somebody who made keys.
   *
   * @param id names the maker
   * @param name the name
   */
  record Maker(String id, String name) {}

  /**
   * What is asked for; an empty text leaves all.
   *
   * @param text words of the name
   * @param state a key's state
   * @param scope a scope that the key has
   * @param createdBy the id of the maker
   * @param unusedFor {@code 30d}
   * @param expiresWithin {@code 7d}
   * @param allScopes {@code true} or {@code false}
   */
  record Filter(
      String text,
      String state,
      String scope,
      String createdBy,
      String unusedFor,
      String expiresWithin,
      String allScopes) {
    /** Leaves everything. */
    static final Filter NONE = new Filter("", "", "", "", "", "", "");

    boolean isEmpty() {
      return equals(NONE);
    }

    /** Tells whether the fields that are folded away are in use. */
    boolean goesFurther() {
      return !(scope + createdBy + unusedFor + expiresWithin + allScopes).isEmpty();
    }

    /** Returns the address of the list from a place on. */
    String path(String cursor) {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("q", text);
      query.put("state", state);
      query.put("scope", scope);
      query.put("created_by", createdBy);
      query.put("unused_for", unusedFor);
      query.put("expires_within", expiresWithin);
      query.put("all_scopes", allScopes);
      query.put("cursor", cursor);
      return "/keys"
          + query.entrySet().stream()
              .filter(part -> !part.getValue().isEmpty())
              .map(part -> part.getKey() + "=" + Addresses.value(part.getValue()))
              .collect(Collectors.joining("&", "?", ""));
    }
  }

  @Override
  public String title() {
    return "API keys";
  }

  @Override
  public Section section() {
    return Section.KEYS;
  }
}
