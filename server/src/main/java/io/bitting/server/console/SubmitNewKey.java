package io.bitting.server.console;

import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.ReplacedKey;
import io.bitting.scope.BuiltInScope;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a key, or one in the place of another, and shows its token. */
final class SubmitNewKey extends Screen {
  private static final Set<String> FIELDS =
      Set.of("name", "purpose", "expires-at", "scopes", "reach", "overlap", "start");

  SubmitNewKey(Desk desk) {
    super(desk, Route.form("submitNewKey", "/keys"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.take(
        call,
        (visitor, form) -> {
          NewKeyPages pages = new NewKeyPages(desk, visitor, call);
          KeyAnswer replaces = pages.replaced(form.text("replaces"));
          if (form.text("act").equals("start")) {
            return started(call, visitor, form, pages);
          }
          Reply reply =
              replaces == null
                  ? desk.ask(visitor, call, "createKey")
                      .json(key(call, visitor, form, pages))
                      .send()
                  : desk.ask(visitor, call, "replaceKey")
                      .path("key", replaces.id())
                      .json(replacement(call, visitor, form, replaces))
                      .send();
          if (reply.isProofWanted()) {
            return Desk.proveFirst(filledIn(form));
          }
          if (reply.isAboutForm()) {
            return again(call, visitor, form, pages, replaces, reply);
          }
          return replaces == null
              ? created(call, visitor, reply.read(CreatedKey.class))
              : replaced(call, visitor, reply.read(ReplacedKey.class));
        });
  }

  private Map<String, @Nullable Object> key(
      Call call, Visitor visitor, Form form, NewKeyPages pages) {
    Map<String, @Nullable Object> key = new LinkedHashMap<>();
    key.put("api", form.text("api"));
    key.putAll(described(form));
    if (form.has("reaches")) {
      KeyAnswer start = pages.start(form.text("start"), new ArrayList<>());
      Set<String> covered = covered(call, visitor, form, form.text("api"));
      ReachForm reach =
          Reaching.in(form).asked(start, issues(covered), form.text("api"), scopes(form));
      if (reach != null) {
        key.put("reach", reach);
      }
    }
    return key;
  }

  private Map<String, @Nullable Object> replacement(
      Call call, Visitor visitor, Form form, KeyAnswer replaces) {
    Map<String, @Nullable Object> replacement = new LinkedHashMap<>(described(form));
    if (form.has("reaches")) {
      Set<String> covered = covered(call, visitor, form, replaces.api());
      ReachForm reach =
          Reaching.in(form)
              .instead(
                  replaces,
                  issues(covered),
                  covered.contains(BuiltInScope.KEYS_VERIFY.scope().text()),
                  scopes(form));
      if (reach != null) {
        replacement.put("reach", reach);
      }
    }
    if (form.has("overlap")) {
      replacement.put("overlap", form.text("overlap"));
    }
    return replacement;
  }

  private Map<String, @Nullable Object> described(Form form) {
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    described.put("name", form.text("name"));
    described.put("purpose", form.text("purpose"));
    if (isAll(form)) {
      described.put("all_scopes", true);
    } else {
      described.put("scopes", form.all("scopes"));
    }
    // Without a choice it is the usual: a browser sends no choice that is not allowed.
    if (form.has("expires")) {
      described.put("expires_at", Lives.sent(form.text("expires"), form.text("date"), desk.now()));
    }
    return described;
  }

  /** Returns what the scopes cover that the form asks for; nothing if the API has no catalog. */
  private Set<String> covered(Call call, Visitor visitor, Form form, String api) {
    Reply found = desk.ask(visitor, call, "showCatalog").path("api", api).send();
    if (!found.ok()) {
      // The endpoint says what is wrong with the API.
      return Set.of();
    }
    Covered covered = new Covered(found.read(CatalogAnswer.class));
    return isAll(form) ? covered.all() : covered.by(form.all("scopes"));
  }

  private static boolean issues(Set<String> covered) {
    return covered.contains(BuiltInScope.KEYS_ISSUE.scope().text());
  }

  private static @Nullable List<String> scopes(Form form) {
    return isAll(form) ? null : form.all("scopes");
  }

  /** Returns the address of the form as it was filled in. */
  private static String filledIn(Form form) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String field : List.of("api", "replaces", "name", "overlap")) {
      if (!form.text(field).isEmpty()) {
        query.put(field, form.text(field));
      }
    }
    if (isAll(form)) {
      query.put("access", "all");
    } else {
      query.put("scopes", String.join(" ", form.all("scopes")));
    }
    if (form.has("reaches")) {
      Reaching.in(form).link(query);
    }
    if (form.has("expires")) {
      query.put("expires", Lives.linked(form.text("expires"), form.text("date")));
    }
    String start = form.text("start");
    if (start.startsWith(NewKeyPages.TEMPLATE)) {
      query.put("template", start.substring(NewKeyPages.TEMPLATE.length()));
    } else if (!start.isEmpty()) {
      query.put("start", start);
    }
    // One that was emptied is not that of the replaced key.
    if (form.has("purpose")) {
      query.put("purpose", form.text("purpose"));
    }
    return Addresses.of("/keys/new", query);
  }

  private static boolean isAll(Form form) {
    return form.text("access").equals("all");
  }

  /** Fills in the scopes of the key or template to start from; the rest stays as it was sent. */
  private Answer started(Call call, Visitor visitor, Form form, NewKeyPages pages) {
    List<Faults.Fault> faults = new ArrayList<>();
    KeyAnswer start = pages.start(form.text("start"), faults);
    if (start != null && !start.api().equals(form.text("api"))) {
      faults.add(new Faults.Fault("start", "Key " + start.name() + " is of " + start.api(), ""));
      start = null;
    }
    boolean proposed = form.text("start").startsWith(NewKeyPages.TEMPLATE);
    NewKeyPage page =
        pages.of(
            new NewKeyPages.Wish(
                sent(form, start == null ? isAll(form) && !proposed : start.allScopes()),
                proposed ? List.of() : start == null ? form.all("scopes") : start.scopes(),
                List.of(),
                proposed,
                start == null ? Reaching.in(form) : Reaching.of(start),
                start,
                null),
            new Faults("", faults));
    return page.isAsAsked() ? desk.page(call, visitor, page) : desk.again(call, visitor, page);
  }

  private Answer again(
      Call call,
      Visitor visitor,
      Form form,
      NewKeyPages pages,
      @Nullable KeyAnswer replaces,
      Reply reply) {
    KeyAnswer start = replaces == null ? pages.start(form.text("start"), new ArrayList<>()) : null;
    NewKeyPages.Wish wish =
        new NewKeyPages.Wish(
            sent(form, isAll(form)),
            form.all("scopes"),
            List.of(),
            false,
            Reaching.in(form),
            start,
            replaces);
    return desk.again(call, visitor, pages.of(wish, Faults.of(reply.problem()).in(FIELDS)));
  }

  private static NewKeyPage.Form sent(Form form, boolean allScopes) {
    return new NewKeyPage.Form(
        form.text("api"),
        form.text("name"),
        form.text("purpose"),
        form.text("expires"),
        form.text("date"),
        allScopes,
        form.text("start"),
        form.text("overlap"));
  }

  private Answer created(Call call, Visitor visitor, CreatedKey created) {
    return desk.page(
        call,
        visitor,
        new RevealPage(
            created.key(),
            created.token(),
            "created",
            new Examples(desk, visitor, call).of(created.key()),
            null));
  }

  private Answer replaced(Call call, Visitor visitor, ReplacedKey replaced) {
    KeyAnswer old = replaced.replaces();
    return desk.page(
        call,
        visitor,
        new RevealPage(
            replaced.key(),
            replaced.token(),
            "replaced",
            new Examples(desk, visitor, call).of(replaced.key()),
            old(old, desk.now())));
  }

  private static String old(KeyAnswer old, Instant now) {
    Instant ends = Objects.requireNonNullElse(old.endsAt(), now);
    String until =
        ends.isAfter(now)
            ? "The old key, "
                + old.display()
                + ", is accepted until "
                + Moments.exact(ends)
                + ", "
                + Moments.relative(now, ends)
                + ". "
            : "The old key, "
                + old.display()
                + ", is refused: by this node from now on, by every other node within 2 s. ";
    Instant used = old.lastUsedAt();
    return until
        + (used == null
            ? "Nobody has used it since the ledger began."
            : "It was last used " + Moments.relative(now, used) + ".");
  }
}
