package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows whom policies would hit, or saves them. */
final class SubmitPolicies extends Screen {
  /** A preview looks at so many keys, 200 at a time. */
  private static final int PAGES_MAX = 5;

  private static final int EXAMPLES = 10;

  SubmitPolicies(Desk desk) {
    super(desk, Route.form("submitPolicies", "/settings/policies"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(call, (visitor, form) -> change(call, visitor, form));
  }

  private Answer change(Call call, Visitor visitor, Form sent) {
    SettingsPage.Form form =
        new SettingsPage.Form(
            sent.text("key_lifetime_max_days").strip(),
            sent.has("never_allowed"),
            sent.has("all_scopes_allowed"),
            sent.text("revoke_unused_after_days").strip(),
            sent.text("usage_kept_days").strip(),
            sent.text("audit_kept_days").strip(),
            sent.text("dead_keys_kept_days").strip());
    if (!sent.text("act").equals("save")) {
      return preview(call, visitor, form);
    }
    Map<String, @Nullable Object> policy = new HashMap<>();
    policy.put("key_lifetime_max_days", days(form.lifetimeMax()));
    policy.put("never_allowed", form.neverAllowed());
    policy.put("revoke_unused_after_days", days(form.revokeUnusedAfter()));
    policy.put("usage_kept_days", form.usageKept().isEmpty() ? "" : days(form.usageKept()));
    policy.put("audit_kept_days", days(form.auditKept()));
    policy.put("dead_keys_kept_days", days(form.deadKeysKept()));
    Reply reply =
        desk.ask(visitor, call, "editOrganization")
            .json(Map.of("policy", policy, "all_scopes_allowed", form.allScopesAllowed()))
            .send();
    return reply.ok()
        ? Desk.on("/settings", "The policies are saved.")
        : desk.again(
            call, visitor, ShowSettingsPage.with(desk, visitor, call, form, null, reply.faults()));
  }

  /** Returns a number, or nothing for no limit; what is neither is for the endpoint to refuse. */
  private static @Nullable Object days(String text) {
    if (text.isEmpty()) {
      return null;
    }
    return text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : text;
  }

  private Answer preview(Call call, Visitor visitor, SettingsPage.Form form) {
    Faults faults = faults(form);
    return faults.any()
        ? desk.again(call, visitor, ShowSettingsPage.with(desk, visitor, call, form, null, faults))
        : desk.page(
            call,
            visitor,
            ShowSettingsPage.with(
                desk, visitor, call, form, preview(visitor, call, form), Faults.NONE));
  }

  private static Faults faults(SettingsPage.Form form) {
    List<Faults.Fault> faults = new ArrayList<>();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("key-lifetime-max-days", form.lifetimeMax());
    fields.put("revoke-unused-after-days", form.revokeUnusedAfter());
    fields.forEach((field, text) -> {
      if (!text.isEmpty() && !text.matches("[1-9][0-9]{0,4}")) {
        faults.add(
            new Faults.Fault(
                field,
                "\"" + io.bitting.scope.Spelling.printable(text) + "\" is no number of days",
                "Give one from 1 to 36500, or none."));
      }
    });
    return new Faults("", faults);
  }

  private SettingsPage.Preview preview(Visitor visitor, Call call, SettingsPage.Form form) {
    Looked live = keys(visitor, call, "");
    Set<String> unused =
        form.revokeUnusedAfter().isEmpty()
            ? Set.of()
            : keys(visitor, call, form.revokeUnusedAfter() + "d").keys().stream()
                .map(KeyAnswer::id)
                .collect(Collectors.toSet());
    List<KeyAnswer> beyond = live.keys().stream().filter(key -> livesLonger(key, form)).toList();
    List<KeyAnswer> all =
        live.keys().stream().filter(key -> key.allScopes() && !form.allScopesAllowed()).toList();
    List<KeyAnswer> idle = live.keys().stream().filter(key -> unused.contains(key.id())).toList();
    return new SettingsPage.Preview(
        live.keys().size(),
        live.more(),
        beyond.size(),
        all.size(),
        idle.size(),
        Stream.of(beyond, all, idle).flatMap(List::stream).distinct().limit(EXAMPLES).toList());
  }

  /** The newest live keys, and whether there are more. */
  private record Looked(List<KeyAnswer> keys, boolean more) {}

  private Looked keys(Visitor visitor, Call call, String unusedFor) {
    List<KeyAnswer> keys = new ArrayList<>();
    String cursor = "";
    for (int i = 0; i < PAGES_MAX; i++) {
      Page<KeyAnswer> page =
          desk.ask(visitor, call, "listKeys")
              .query("state", "active")
              .query("unused_for", unusedFor)
              .query("cursor", cursor)
              .query("limit", "200")
              .send()
              .page(KeyAnswer.class);
      keys.addAll(page.items());
      if (page.nextCursor() == null) {
        return new Looked(keys, false);
      }
      cursor = page.nextCursor();
    }
    return new Looked(keys, true);
  }

  private static boolean livesLonger(KeyAnswer key, SettingsPage.Form form) {
    Instant expires = key.expiresAt();
    boolean bounded = !form.lifetimeMax().isEmpty();
    if (expires == null) {
      return bounded || !form.neverAllowed();
    }
    return bounded
        && expires.isAfter(
            key.createdAt().plus(Duration.ofDays(Integer.parseInt(form.lifetimeMax()))));
  }
}
