package io.bitting.server.http;

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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of a form: {@code application/x-www-form-urlencoded} in UTF-8, or with files {@code
 * multipart/form-data} (RFC 7578). {@code toString} shows nothing of it, since a password may be in
 * it.
 *
 * @param fields the values of each field, in order
 * @param files the bytes of each file
 */
public record FormBody(Map<String, List<String>> fields, Map<String, byte[]> files) {
  /** The media type of a form with files. */
  public static final String WITH_FILES = "multipart/form-data";

  /** A page with every scope of a large catalog, and room for more. */
  private static final int FIELDS_MAX = 5_000;

  /** Copies the maps. */
  public FormBody {
    fields = Map.copyOf(fields);
    files = Map.copyOf(files);
  }

  /**
   * Reads the body of a request.
   *
   * @param call the request
   * @throws Malformed if it is no such form
   */
  public static FormBody of(Call call) {
    return call.mediaType().equals(WITH_FILES) ? withFiles(call) : plain(call);
  }

  /**
   * Reads parts from the body, which is in memory and bounded already; none of it goes to a disk.
   */
  private static FormBody withFiles(Call call) {
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
    return new FormBody(fields, files);
  }

  private static Malformed notMultipart() {
    return new Malformed(
        ProblemCode.REQUEST_MALFORMED, "The form is not multipart/form-data as RFC 7578 has it.");
  }

  private static FormBody plain(Call call) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(call.body()))
              .toString();
      Map<String, List<String>> fields =
          new QueryStringDecoder(text, StandardCharsets.UTF_8, false, FIELDS_MAX).parameters();
      // What is not UTF-8 was replaced.
      if (fields.toString().indexOf('\ufffd') < 0) {
        return new FormBody(fields, Map.of());
      }
    } catch (CharacterCodingException | IllegalArgumentException e) {
      // Falls through: the message shows the text, which may have a password.
    }
    throw new Malformed(ProblemCode.REQUEST_MALFORMED, "The form is not encoded in UTF-8.");
  }

  @Override
  public String toString() {
    return "form";
  }
}
