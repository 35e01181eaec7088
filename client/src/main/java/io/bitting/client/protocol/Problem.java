package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not done (RFC 9457). What is null is left out.
 *
 * @param type the address of the page that explains the code
 * @param title the code in words
 * @param status the HTTP status
 * @param code the stable word for the kind of problem
 * @param detail what is wrong with this request
 * @param requestId names the request, also in the server's log
 * @param requiredScopes the scopes that were needed, where scopes decided
 * @param missingScopes those of them that the key lacks
 * @param faults every fault of the body, for {@code validation_failed}
 * @param further members that only some codes have, such as those of a {@link CatalogChange}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @Nullable String requestId,
    @Nullable List<String> requiredScopes,
    @Nullable List<String> missingScopes,
    @Nullable List<Fault> faults,
    @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> further) {
  /** Copies what can change. */
  public Problem {
    requiredScopes = requiredScopes == null ? null : List.copyOf(requiredScopes);
    missingScopes = missingScopes == null ? null : List.copyOf(missingScopes);
    faults = faults == null ? null : List.copyOf(faults);
    further =
        further == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(further));
  }

  /**
   * One fault of a body.
   *
   * @param pointer where it is, an RFC 6901 pointer
   * @param code the stable word for the kind of fault
   * @param message what is wrong
   * @param fix what to do about it
   * @param line the line, for a catalog; null otherwise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Fault(
      String pointer, String code, String message, String fix, @Nullable Integer line) {}
}
