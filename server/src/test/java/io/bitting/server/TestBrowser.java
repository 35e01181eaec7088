package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser without a screen: keeps cookies, and sends forms with the token of the page that it was
 * on. Holds every cookie that is set against ASVS 3.3.1 to 3.3.4. Follows no redirect by itself.
 */
public final class TestBrowser {
  private static final Pattern TOKEN = Pattern.compile("name=\"form_token\" value=\"([^\"]*)\"");

  private final TestServer server;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private String token = "";

  public TestBrowser(TestServer server) {
    this.server = server;
  }

  /** Returns the cookie of the sign-in; empty if there is none. */
  public String cookie() {
    return cookies.getOrDefault("__Host-bitting", "");
  }

  /** Puts a cookie there, as somebody might who can. */
  public void toss(String name, String value) {
    cookies.put(name, value);
  }

  /** Returns the token of the last page. */
  public String token() {
    return token;
  }

  /** Begins a request with the cookies. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = server.request("", path);
    if (!cookies.isEmpty()) {
      builder.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining("; ")));
    }
    return builder.header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
  }

  public TestServer.Reply get(String path) {
    return send(request(path).GET().build());
  }

  /** Opens a page that has to be there. */
  public String page(String path) {
    TestServer.Reply reply = get(path);
    assertThat(reply.status()).as(path + " " + reply.header("Location")).isEqualTo(200);
    return reply.text();
  }

  /** Sends a form from the page that it was on last. */
  public TestServer.Reply post(String path, String... fields) {
    return postWith(token, path, fields);
  }

  /** Sends a form with a token. */
  public TestServer.Reply postWith(String sent, String path, String... fields) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(sent, fields)))
            .build());
  }

  /** Writes a form. */
  public static String form(String token, String... fields) {
    StringJoiner form = new StringJoiner("&");
    form.add("form_token=" + encoded(token));
    for (int i = 0; i < fields.length; i += 2) {
      form.add(fields[i] + "=" + encoded(fields[i + 1]));
    }
    return form.toString();
  }

  public TestServer.Reply send(HttpRequest request) {
    TestServer.Reply reply = server.browse(request);
    reply.response().headers().allValues("set-cookie").forEach(this::keep);
    Matcher found = TOKEN.matcher(reply.text());
    if (found.find()) {
      token = found.group(1);
    }
    // 14.2.2, 14.3.2: nobody keeps a page, nor that somebody was sent elsewhere.
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    return reply;
  }

  /** 3.3.1 to 3.3.4. */
  private void keep(String set) {
    assertThat(set)
        .startsWith("__Host-")
        .contains("; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Lax")
        .doesNotContainIgnoringCase("domain=");
    String name = set.substring(0, set.indexOf('='));
    String value = set.substring(set.indexOf('=') + 1, set.indexOf(';'));
    if (set.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      assertThat(value).matches("[A-Za-z0-9._-]+");
      cookies.put(name, value);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
