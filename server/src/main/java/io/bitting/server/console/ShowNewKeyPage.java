package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.scope.Spelling;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form that makes a key, filled in as a link says, or one that makes a key in the place of
 * another. A link grants nothing: it ends at a form.
 */
final class ShowNewKeyPage extends Screen {
  ShowNewKeyPage(Desk desk) {
    super(desk, Route.page("showNewKeyPage", "/keys/new"));
  }

  /**
   * What a link says.
   *
   * @param api the API
   * @param name the name
   * @param purpose what the key is for; null for as the replaced one
   * @param all whether to choose all scopes
   * @param scopes scopes to choose
   * @param add scopes to choose besides those of the replaced key
   * @param reaching how far the key is to go; null for as far as the key it comes from
   * @param expires how long it lives
   * @param start the key to start from
   * @param template the template to start from
   * @param replaces the key to replace
   * @param overlap how long that one goes on working; empty for the usual
   */
  private record Link(
      String api,
      String name,
      @Nullable String purpose,
      boolean all,
      List<String> scopes,
      List<String> add,
      @Nullable Reaching reaching,
      String expires,
      String start,
      String template,
      String replaces,
      String overlap) {
    static Link of(Query query) {
      Link link =
          new Link(
              query.text("api").orElse(""),
              query.text("name").orElse(""),
              query.text("purpose").orElse(null),
              query
                  .value("access", "all", text -> Optional.of(text).filter("all"::equals))
                  .isPresent(),
              Addresses.listed(query.text("scopes")),
              Addresses.listed(query.text("add")),
              Reaching.in(query).orElse(null),
              query.text("expires").orElse(""),
              query.text("start").orElse(""),
              query.text("template").orElse(""),
              query.text("replaces").orElse(""),
              query.value("overlap", "now, 1h, 24h or 7d", Overlaps::read).orElse(""));
      query.check();
      return link;
    }
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        visitor -> {
          NewKeyPages pages = new NewKeyPages(desk, visitor, call);
          NewKeyPage page = page(pages, Link.of(call.query()));
          return page.isAsAsked()
              ? desk.page(call, visitor, page)
              : desk.again(call, visitor, page);
        });
  }

  private NewKeyPage page(NewKeyPages pages, Link link) {
    Instant now = desk.now();
    List<Faults.Fault> faults = new ArrayList<>();
    KeyAnswer replaces = pages.replaced(link.replaces());
    KeyAnswer start = pages.start(link.start(), faults);
    KeyAnswer from = replaces == null ? start : replaces;
    Lives.Life life = replaces == null ? new Lives.Life("P90D", "") : Lives.of(replaces, now);
    if (!link.expires().isEmpty()) {
      Optional<Lives.Life> asked = Lives.read(link.expires(), now);
      if (asked.isEmpty()) {
        faults.add(
            new Faults.Fault(
                "expires-at",
                "\""
                    + Spelling.printable(link.expires())
                    + "\" is no length of life such as P90D, no day to come and not \"never\"",
                ""));
      }
      life = asked.orElse(life);
    }
    String api = from == null ? link.api() : from.api();
    if (from != null && !link.api().isEmpty() && !link.api().equals(api)) {
      faults.add(
          new Faults.Fault(
              "",
              "Key " + from.id() + " is of " + api + ", not of " + Spelling.printable(link.api()),
              ""));
    }
    Set<String> asked = new LinkedHashSet<>(link.scopes());
    asked.addAll(link.add());
    Set<String> chosen = new LinkedHashSet<>(asked);
    boolean narrowed = !link.all() && !link.scopes().isEmpty();
    boolean proposed = !narrowed && !link.all() && !link.template().isEmpty();
    if (from != null && !narrowed && !proposed) {
      chosen.addAll(from.scopes());
    }
    NewKeyPage.Form form =
        new NewKeyPage.Form(
            api,
            link.name().isEmpty() && replaces != null ? replaces.name() : link.name(),
            link.purpose() != null ? link.purpose() : replaces != null ? replaces.purpose() : "",
            life.expires(),
            life.date(),
            link.all() || (from != null && from.allScopes() && !narrowed && !proposed),
            link.template().isEmpty() ? link.start() : NewKeyPages.TEMPLATE + link.template(),
            overlap(link, replaces, now));
    Reaching reaching = link.reaching() == null ? Reaching.of(from) : link.reaching();
    return pages.of(
        new NewKeyPages.Wish(form, chosen, asked, proposed, reaching, start, replaces),
        gone(replaces, faults));
  }

  private static String overlap(Link link, @Nullable KeyAnswer replaces, Instant now) {
    if (!link.overlap().isEmpty()) {
      return link.overlap();
    }
    return replaces == null ? "24h" : Overlaps.usual(replaces.expiresAt(), now);
  }

  /** Says at once what the endpoint would say of a key that nothing can take the place of. */
  private static Faults gone(@Nullable KeyAnswer replaces, List<Faults.Fault> faults) {
    if (replaces != null && replaces.state().equals("revoked")) {
      return new Faults("The key is revoked, and revoked is for ever; make another.", faults);
    }
    return replaces != null && replaces.replacedBy() != null
        ? new Faults(
            "Key " + replaces.replacedBy() + " takes the place of this one already; replace that.",
            faults)
        : new Faults("", faults);
  }
}
