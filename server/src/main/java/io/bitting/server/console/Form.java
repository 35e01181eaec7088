package io.bitting.server.console;

import io.bitting.server.http.Call;
import io.bitting.server.http.Malformed;
import io.bitting.server.http.ProblemCode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a form sent: {@code application/x-www-form-urlencoded} in UTF-8, or with files {@code
 * multipart/form-data}. A field that was not sent is empty, as browsers leave out boxes that are
 * not ticked.
 *
 * <p>Immutable; {@code toString} shows nothing of it.
 */
final class Form {
  /** A page with every scope of a large catalog, and room for more. */
  private static final int FIELDS_MAX = 5_000;

  /** The media type of a form with files. */
  static final String WITH_FILES = "multipart/form-data";

  private static final byte[] NO_FILE = new byte[0];

  private final Map<String, List<String>> fields;
  private final Map<String, byte[]> files;

  private Form(Map<String, List<String>> fields, Map<String, byte[]> files) {
    this.fields = fields;
    this.files = files;
  }

  /**
   * Reads the body of a request.
   *
   * @throws Malformed if it is no such form
   */
  static Form of(Call call) {
    return call.mediaType().equals(WITH_FILES) ? withFiles(call) : plain(call);
  }

  /**
   * Reads parts from the body, which is in memory and bounded already; none of it goes to a disk.
   */
  private static Form withFiles(Call call) {
    List<String> types = call.headers().all("Content-Type");
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(call.body()));
    request.headers().set("Content-Type", types.isEmpty() ? WITH_FILES : types.get(0));
    if (!HttpPostRequestDecoder.isMultipart(request)) {
      throw notMultipart();
    }
    Map<String, List<String>> fields = new HashMap<>();
    Map<String, byte[]> files = new HashMap<>();
    try {
      HttpPostMultipartRequestDecoder decoder =
          new HttpPostMultipartRequestDecoder(
              new DefaultHttpDataFactory(false), request, StandardCharsets.UTF_8);
      try {
        for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
          if (part instanceof FileUpload file) {
            files.putIfAbsent(file.getName(), file.get());
          } else if (part instanceof Attribute field) {
            fields
                .computeIfAbsent(field.getName(), name -> new ArrayList<>())
                .add(field.getString(StandardCharsets.UTF_8));
          }
        }
      } finally {
        decoder.destroy();
      }
    } catch (DecoderException | IllegalArgumentException | IOException e) {
      throw notMultipart();
    }
    return new Form(fields, files);
  }

  private static Malformed notMultipart() {
    return new Malformed(
        ProblemCode.REQUEST_MALFORMED, "The form is not multipart/form-data as RFC 7578 has it.");
  }

  private static Form plain(Call call) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(java.nio.ByteBuffer.wrap(call.body()))
              .toString();
      Map<String, List<String>> fields =
          new QueryStringDecoder(text, StandardCharsets.UTF_8, false, FIELDS_MAX).parameters();
      // What is not UTF-8 was replaced.
      if (fields.toString().indexOf('\ufffd') < 0) {
        return new Form(fields, Map.of());
      }
    } catch (CharacterCodingException | IllegalArgumentException e) {
      // Falls through: the message shows the text, which may have a password.
    }
    throw new Malformed(ProblemCode.REQUEST_MALFORMED, "The form is not encoded in UTF-8.");
  }

  /**
   * Returns the value of a field, as it is; line ends as browsers send them become one character.
   *
   * @param name the field
   */
  String text(String name) {
    List<String> values = fields.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0).replace("\r\n", "\n");
  }

  /**
   * Returns all values of a field, in order.
   *
   * @param name the field
   */
  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /**
   * Returns a file; no bytes if none was chosen.
   *
   * @param name the field
   */
  byte[] file(String name) {
    return files.getOrDefault(name, NO_FILE);
  }

  /**
   * Tells whether a field was sent, whatever is in it.
   *
   * @param name the field
   */
  boolean has(String name) {
    return fields.containsKey(name);
  }

  @Override
  public String toString() {
    return "form";
  }
}
