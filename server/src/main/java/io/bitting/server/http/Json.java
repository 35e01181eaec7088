package io.bitting.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * JSON in and out, strictly: UTF-8 without a byte order mark, whole characters, no member twice,
 * nothing after the value, at most 32 levels deep.
 *
 * <p>Buffers are not kept from one request to the next, since they would keep tokens. Thread-safe:
 * stateless.
 */
public final class Json {
  private static final int DEPTH_MAX = 32;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(40)
                  .maxNameLength(1_000)
                  .build())
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /**
   * Writes a value.
   *
   * @param value a record of the protocol, or a map or list of such
   */
  public static byte[] write(Object value) {
    return io.bitting.client.protocol.Json.write(value);
  }

  /**
   * Reads a body.
   *
   * @param body the bytes
   * @throws Malformed if they are not one JSON value in strict form
   */
  public static JsonNode read(byte[] body) {
    String text = decode(body);
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || node.isMissingNode()) {
        throw new Malformed(
            ProblemCode.REQUEST_MALFORMED, "The body is empty; it is to be a JSON object.");
      }
      // Only an escape can stand for half a character: the text itself is UTF-8.
      if (text.contains("\\u") && !isWhole(node)) {
        throw new Malformed(
            ProblemCode.REQUEST_MALFORMED,
            "The body has half of a surrogate pair, which is no character.");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new Malformed(
          ProblemCode.REQUEST_MALFORMED,
          "The body is not JSON in strict form" + where(e.getLocation()) + why(e));
    }
  }

  /**
   * Decodes a body.
   *
   * @param body the bytes
   * @throws Malformed if they are not UTF-8, or begin with a byte order mark
   */
  public static String decode(byte[] body) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body))
              .toString();
      if (!text.isEmpty() && text.charAt(0) == '\ufeff') {
        throw new Malformed(
            ProblemCode.REQUEST_MALFORMED,
            "The body begins with a byte order mark; send UTF-8 without one.");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new Malformed(ProblemCode.REQUEST_MALFORMED, "The body is not UTF-8.");
    }
  }

  private static boolean isWhole(JsonNode node) {
    if (node.isTextual()) {
      return isWhole(node.textValue());
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!isWhole(member.getKey())) {
        return false;
      }
    }
    for (JsonNode child : node) {
      if (!isWhole(child)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String where(JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** Says why in our own words: the parser's message quotes the body, which may have a token. */
  private static String why(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith("Duplicate field")) {
      return ": a member stands twice.";
    }
    if (message.contains("nesting depth")) {
      return ": it is more than " + DEPTH_MAX + " levels deep.";
    }
    return ".";
  }
}
