package io.bitting.client.protocol;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Reads and writes the records of this package.
 *
 * <p>Thread-safe: stateless. A text that is not what was expected is an {@link
 * IllegalArgumentException} whose message shows nothing of the text, since a secret may be in it.
 */
public final class Json {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              // Buffers that are used again would keep tokens.
              new JsonFactoryBuilder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .addModule(
              new SimpleModule()
                  .addSerializer(new TimeWriter())
                  .addDeserializer(Instant.class, new TimeReader()))
          .build();

  private Json() {}

  /**
   * Writes a value as UTF-8.
   *
   * @param value a record of this package, or a map or list of such
   */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a writer, for one who writes to a stream or wants other white space. */
  public static ObjectWriter writer() {
    return MAPPER.writer();
  }

  /** Returns a reader, for one who reads trees or wants other limits. */
  public static ObjectReader reader() {
    return MAPPER.reader();
  }

  /**
   * Returns a value as a tree.
   *
   * @param value a record of this package, or a map or list of such
   */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Reads a record.
   *
   * @param text UTF-8
   * @param type the record's type
   * @throws IllegalArgumentException if the text is not JSON, or not of that form
   */
  public static <T> T read(byte[] text, Class<T> type) {
    return type.cast(read(text, MAPPER.constructType(type)));
  }

  /**
   * Reads a page.
   *
   * @param text UTF-8
   * @param type the type of its items
   * @throws IllegalArgumentException if the text is not JSON, or not of that form
   */
  @SuppressWarnings("unchecked")
  public static <T> Page<T> readPage(byte[] text, Class<T> type) {
    return (Page<T>) read(text, MAPPER.getTypeFactory().constructParametricType(Page.class, type));
  }

  /**
   * Writes a time as it stands in JSON: RFC 3339 (section 5.6), UTC, three digits of milliseconds.
   *
   * @param time a time
   */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  private static Object read(byte[] text, JavaType type) {
    try {
      Object value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new IllegalArgumentException(
            "the text is null where a " + type.getRawClass().getSimpleName() + " was expected");
      }
      Presence.check(value);
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the text is not the JSON that was expected" + place(e));
    } catch (IOException e) {
      throw new IllegalArgumentException("the text is not the JSON that was expected", e);
    }
  }

  /* Jackson's own message quotes the text; only the place is safe to tell. */
  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static final class TimeWriter extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1L;

    TimeWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(time(value));
    }
  }

  private static final class TimeReader extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    TimeReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      String text = in.getText();
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        return (Instant)
            context.handleWeirdStringValue(Instant.class, text, "not a time of RFC 3339");
      }
    }
  }
}
