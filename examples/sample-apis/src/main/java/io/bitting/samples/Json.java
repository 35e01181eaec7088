package io.bitting.samples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Reads JSON strictly, and writes records in snake case with times to the millisecond. */
final class Json {
  private static final int DEPTH_MAX = 16;

  /** What a body is answered that cannot be read. */
  static final Answer UNREADABLE =
      Answer.problem(
          ProblemCode.REQUEST_MALFORMED,
          "The body is not one JSON object in UTF-8 with each member named once and at most "
              + DEPTH_MAX
              + " levels.");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(40)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new SimpleModule().addSerializer(new Milliseconds()))
          .build();

  private Json() {}

  /**
   * Reads an object. Empty if the bytes are not UTF-8, not JSON, nested too deep, not an object, or
   * name a member twice.
   */
  static Optional<ObjectNode> object(Buffer bytes) {
    try {
      // The decoder of a charset reports what is malformed; a string made of bytes would replace
      // it.
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes())).toString();
      JsonNode node = MAPPER.readTree(text);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (CharacterCodingException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static ObjectNode empty() {
    return MAPPER.createObjectNode();
  }

  /**
   * Writes a value. Half of a surrogate pair, which a caller's words may have, becomes a question
   * mark.
   */
  static Buffer write(Object value) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
  }

  /** RFC 3339, UTC, always with three digits after the second. */
  private static final class Milliseconds extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter FORM =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    Milliseconds() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(FORM.format(value));
    }
  }
}
