package io.bitting.server.apis;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import io.bitting.access.KnownApi;
import io.bitting.access.LocalAuthorizer;
import io.bitting.id.ApiId;
import io.bitting.server.docs.Bundled;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The page of each API: every operation with what it requires, and every scope with what it opens.
 * It is one file that loads nothing, so that it can be saved.
 *
 * <p><b>Security guarantees.</b> Whatever an API's description or catalog says is shown as text.
 * Should that ever fail, the page's policy lets run no script but its own, known by its digest.
 *
 * <p>Thread-safe. A page is made from what checks follow in memory, no storage asked, when it is
 * first asked for and when something changed: in tens of milliseconds for a thousand operations.
 */
public final class ApiPages {
  private final LocalAuthorizer authorizer;
  private final String style = text("apis/page.css");
  private final String script = text("apis/page.js");
  private final String policy =
      "default-src 'none'; style-src 'sha256-"
          + digest(style)
          + "'; script-src 'sha256-"
          + digest(script)
          + "'; base-uri 'none'; form-action 'none'";
  private final Map<ApiId, Kept> kept = new ConcurrentHashMap<>();

  /**
   * A page.
   *
   * @param html the whole of it in UTF-8, not to be changed by anybody
   * @param tag an entity tag: RFC 9110, section 8.8.3
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Page(byte[] html, String tag) {}

  /** A page with what it was made from. */
  private record Kept(KnownApi from, Page page) {
    /** Tells whether nothing changed; that is asked often, so only whether it is the same thing. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(KnownApi api) {
      return from.api() == api.api()
          && from.catalog() == api.catalog()
          && from.operations() == api.operations();
    }
  }

  /**
   * Makes them.
   *
   * @param authorizer knows the APIs
   */
  public ApiPages(LocalAuthorizer authorizer) {
    this.authorizer = authorizer;
  }

  /**
   * Returns the page of an API.
   *
   * @param id any text
   * @return empty if there is no such API, or it has no operations
   * @throws io.bitting.access.VerificationUnavailableException if what is known may be out of date
   */
  Optional<Page> page(String id) {
    return ApiId.parse(id).flatMap(authorizer::describe).map(this::page);
  }

  /**
   * Returns the page of an API that everybody may read.
   *
   * @param id any text
   * @return empty if there is no such API, it has no operations, or they are not published
   * @throws io.bitting.access.VerificationUnavailableException if what is known may be out of date
   */
  Optional<Page> publishedPage(String id) {
    // Asked first: making a page takes a while, which would tell that the API exists.
    return ApiId.parse(id)
        .flatMap(authorizer::describe)
        .filter(api -> api.operations().published())
        .map(this::page);
  }

  private Page page(KnownApi api) {
    return kept.compute(
            api.api().id(),
            (id, last) -> last != null && last.isOf(api) ? last : new Kept(api, made(api)))
        .page();
  }

  /* What JTE generates takes null for no interceptor, and is in a package that is marked. */
  @SuppressWarnings("NullAway")
  private Page made(KnownApi api) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    JteApiPageGenerated.render(
        new OwaspHtmlTemplateOutput(output), null, ApiPage.of(api), policy, style, script);
    byte[] html = output.toByteArray();
    return new Page(html, '"' + HexFormat.of().formatHex(sha256(html), 0, 16) + '"');
  }

  /** Returns the {@code Content-Security-Policy} that a page needs. */
  String policy() {
    return policy + "; frame-ancestors 'none'";
  }

  private static String text(String file) {
    return new String(Bundled.read(file), StandardCharsets.UTF_8);
  }

  private static String digest(String text) {
    return Base64.getEncoder().encodeToString(sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
