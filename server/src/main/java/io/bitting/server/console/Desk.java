package io.bitting.server.console;

import io.bitting.client.protocol.Problem;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Header;
import io.bitting.server.http.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all pages have in common: who is let in, that a form is from us, what stands around, and the
 * headers.
 *
 * <p><b>Security guarantees.</b> A form is read only if it carries the token that belongs to the
 * visitor's cookie and the browser does not say that another site had it sent. Every page forbids
 * browsers to keep it, and to run anything but the console's own files.
 *
 * <p>Thread-safe.
 */
final class Desk {
  private static final int SAID_MAX = 300;

  private final Visits visits;
  private final ConsoleApi api;
  private final Supplier<String> base;
  private final Clock clock;

  /** Makes a page for a visitor. */
  @FunctionalInterface
  interface Shown {
    Answer to(Visitor visitor);
  }

  /** Makes a page for a visitor, of what the address says. */
  @FunctionalInterface
  interface ShownOf {
    Answer to(Visitor visitor, String value);
  }

  /** Does what a form of a visitor asks for. */
  @FunctionalInterface
  interface Done {
    Answer by(Visitor visitor, Form form);
  }

  /**
   * Sets it up.
   *
   * @param visits finds out who it is
   * @param api what the pages ask
   * @param base the address that people know, without a slash at its end
   * @param clock tells the time
   */
  Desk(Visits visits, ConsoleApi api, Supplier<String> base, Clock clock) {
    this.visits = visits;
    this.api = api;
    this.base = base;
    this.clock = clock;
  }

  /** Returns what finds out who it is. */
  Visits visits() {
    return visits;
  }

  Instant now() {
    return clock.instant();
  }

  String baseUrl() {
    return base.get();
  }

  /**
   * Shows a page to a member who is signed in, and sends everybody else to where one becomes that.
   *
   * @param call the request
   * @param shown makes the page
   */
  Answer show(Call call, Shown shown) {
    return switch (visits.of(call)) {
      case Visit.Turned turned -> turned.answer();
      case Visitor visitor -> orRefusal(call, visitor, () -> shown.to(visitor));
    };
  }

  /**
   * Shows a page whose address may say one thing more.
   *
   * @param call the request
   * @param parameter what it is called; nothing else may be said
   * @param shown makes the page; what is not said is empty
   */
  Answer show(Call call, String parameter, ShownOf shown) {
    return show(
        call,
        visitor -> {
          String value = call.query().text(parameter).orElse("");
          call.query().check();
          return shown.to(visitor, value);
        });
  }

  /**
   * Does what a form asks for, if it is from us.
   *
   * @param call the request
   * @param done does it
   */
  Answer take(Call call, Done done) {
    return switch (visits.of(call)) {
      case Visit.Turned turned -> turned.answer();
      case Visitor visitor -> {
        Form form = Form.of(call);
        yield isOurs(call, form, visitor.cookie())
            ? orRefusal(call, visitor, () -> done.by(visitor, form))
            : notOurs(call);
      }
    };
  }

  /**
   * Says what to answer somebody from whom no form is taken, before it is read: who is not signed
   * in, and whose browser says that another site had it sent. Empty for everybody else; whether the
   * form is from us is seen when it is read.
   *
   * @param call the request without its body
   */
  Optional<Answer> beforeForm(Call call) {
    return switch (visits.of(call)) {
      case Visit.Turned turned -> Optional.of(turned.answer());
      case Visitor ignored -> isFromHere(call) ? Optional.empty() : Optional.of(notOurs(call));
    };
  }

  private Answer orRefusal(Call call, Visitor visitor, Supplier<Answer> answer) {
    try {
      return answer.get();
    } catch (Reply.Refused e) {
      return refused(call, visitor, e.reply());
    }
  }

  /**
   * Begins to ask an operation of the API.
   *
   * @param visitor who asks
   * @param call the request for the page
   * @param operationId the operation
   */
  ConsoleApi.Ask ask(Visitor visitor, Call call, String operationId) {
    return api.ask(visitor, call, operationId);
  }

  /**
   * Answers with a page.
   *
   * @param call the request
   * @param visitor who looks
   * @param page the page
   */
  Answer page(Call call, Visitor visitor, ConsolePage page) {
    return page(call, visitor, page, 200);
  }

  /**
   * Answers with a form that was not right, as it was sent and with what is wrong.
   *
   * @param call the request
   * @param visitor who looks
   * @param page the page
   */
  Answer again(Call call, Visitor visitor, ConsolePage page) {
    return page(call, visitor, page, 422);
  }

  /**
   * Answers with a page.
   *
   * @param call the request
   * @param visitor who looks
   * @param page the page
   * @param status the HTTP status
   */
  Answer page(Call call, Visitor visitor, ConsolePage page, int status) {
    return page(call, visitor.shown(), visitor.cookie(), page, status);
  }

  /**
   * Answers with a page for a stranger, who may have been somebody a moment ago.
   *
   * @param call the request
   * @param cookie what its forms are bound to
   * @param page the page
   * @param status the HTTP status
   */
  Answer page(Call call, String cookie, ConsolePage page, int status) {
    return page(call, null, cookie, page, status);
  }

  private Answer page(
      Call call, Frame.@Nullable Visitor shown, String cookie, ConsolePage page, int status) {
    Optional<String> said = said(call);
    Answer answer =
        html(
            status,
            new Frame(shown, FormToken.of(cookie), now(), base.get(), said.orElse(null)),
            page);
    return said.isPresent() ? Cookies.SAID.removed(answer) : answer;
  }

  /**
   * Answers with a page for somebody who is not signed in, or not wholly.
   *
   * @param cookie what its forms are bound to
   * @param page the page
   * @param status the HTTP status
   */
  Answer page(String cookie, ConsolePage page, int status) {
    return html(status, new Frame(null, FormToken.of(cookie), now(), base.get(), null), page);
  }

  private static Answer html(int status, Frame frame, ConsolePage page) {
    return new Answer.Body(
        status,
        "text/html",
        new Answer.Bytes(ConsolePages.html(frame, page)),
        List.of(
            new Header("Content-Security-Policy", ConsolePages.POLICY),
            new Header("Referrer-Policy", "same-origin"),
            new Header("Cross-Origin-Opener-Policy", "same-origin"),
            new Header("Cross-Origin-Resource-Policy", "same-origin")));
  }

  /**
   * Answers by going on to another page.
   *
   * @param path the path of the page
   */
  static Answer on(String path) {
    return Answer.bare(303, List.of(new Header("Location", path)));
  }

  /**
   * Answers by going on to another page, which says what was done.
   *
   * @param path the path of the page
   * @param said what was done, in a sentence
   */
  static Answer on(String path, String said) {
    String text = said.length() > SAID_MAX ? said.substring(0, SAID_MAX) : said;
    return Cookies.SAID.set(
        on(path),
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<String> said(Call call) {
    return Cookies.SAID
        .in(call)
        .flatMap(value -> {
          try {
            return Optional.of(
                new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
          } catch (IllegalArgumentException e) {
            return Optional.empty();
          }
        });
  }

  /**
   * Answers a request whose page cannot be made because an endpoint refused: by the reason, or by
   * asking for what is missing.
   *
   * @param call the request
   * @param visitor who looks
   * @param reply what the endpoint said
   */
  Answer refused(Call call, Visitor visitor, Reply reply) {
    Problem problem = reply.problem();
    return switch (problem.code()) {
      case "fresh_proof_required" -> proveFirst(call);
      case "sign_in_ended" -> on("/sign-in");
      case "second_factor_required" -> on("/account/factors/new");
      default -> page(call, visitor, RefusalPage.of(problem), problem.status());
    };
  }

  /**
   * Sends somebody to prove once more who it is, and back.
   *
   * @param call the request
   */
  Answer proveFirst(Call call) {
    return proveFirst(call.method().equals("GET") ? call.target() : referer(call).orElse("/keys"));
  }

  /**
   * Sends somebody to prove once more who it is, and on.
   *
   * @param to the path of the page that comes then
   */
  static Answer proveFirst(String to) {
    return on("/sign-in/second-factor?fresh=1&to=" + Addresses.value(to));
  }

  /** Returns the page of ours that a form was on, as far as the browser says. */
  private Optional<String> referer(Call call) {
    List<String> values = call.headers().all("Referer");
    if (values.size() != 1 || !values.get(0).startsWith(base.get() + "/")) {
      return Optional.empty();
    }
    return Optional.of(values.get(0).substring(base.get().length()));
  }

  /**
   * Tells whether a form was sent from a page of ours to whom it was shown.
   *
   * @param call the request
   * @param form the form
   * @param cookie what it is bound to
   */
  boolean isOurs(Call call, Form form, String cookie) {
    return FormToken.isRight(form.text(FormToken.FIELD), cookie) && isFromHere(call);
  }

  private boolean isFromHere(Call call) {
    List<String> site = call.headers().all("Sec-Fetch-Site");
    List<String> origin = call.headers().all("Origin");
    return (site.isEmpty() || site.equals(List.of("same-origin")))
        && (origin.isEmpty() || (origin.size() == 1 && isHere(call, origin.get(0))));
  }

  /**
   * The browser says the address that it knows, which may be another name of this machine. Where
   * people know one that has TLS, a page without is not ours: whoever is on the way could have made
   * it.
   */
  private boolean isHere(Call call, String origin) {
    List<String> host = call.headers().all("Host");
    String known = base.get();
    return origin.equals(known)
        || (host.size() == 1
            && (origin.equalsIgnoreCase("https://" + host.get(0))
                || (known.startsWith("http://")
                    && origin.equalsIgnoreCase("http://" + host.get(0)))));
  }

  /**
   * Answers a form that is not from us.
   *
   * @param call the request
   */
  Answer notOurs(Call call) {
    return Answer.problem(
        ProblemCode.FORM_TOKEN_INVALID,
        "The form does not carry the token of this sign-in, or was sent from another site; nothing was changed.");
  }

  /**
   * Puts a problem in the form of a page; other answers stay as they are.
   *
   * @param answer as it would be written
   */
  Answer.Body inDialect(Answer.Body answer) {
    if (!answer.mediaType().equals("application/problem+json")) {
      return answer;
    }
    Problem problem = new Reply(answer).problem();
    Answer.Body page = (Answer.Body) page("", RefusalPage.of(problem), answer.status());
    Answer made = page;
    for (Header header : answer.headers()) {
      made = made.with(header.name().toString(), header.value());
    }
    return (Answer.Body) made;
  }
}
