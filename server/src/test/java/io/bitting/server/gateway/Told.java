package io.bitting.server.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What the client is to get, in whichever dialect it was said.
 *
 * @param status the status
 * @param challenge the challenge; empty if there is none
 * @param retryAfter when to come back; empty if nothing is said
 * @param problem the problem; missing if the request may go on
 * @param identity the headers for the upstream
 */
record Told(
    int status,
    String challenge,
    String retryAfter,
    JsonNode problem,
    Map<String, String> identity) {

  String code() {
    return problem.path("code").asText();
  }
}
