package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.OperationAnswer;
import io.bitting.client.protocol.OperationsAnswer;
import io.bitting.client.protocol.ReachForm;
import io.bitting.organization.Policy;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Spelling;
import io.bitting.server.http.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what the form shows by which keys are made, for one page. */
final class NewKeyPages {
  /** What starts with it names a key to be copied. */
  static final String COPY_OF = "key:";

  /** What starts with it names a template of the catalog. */
  static final String TEMPLATE = "template:";

  private static final String COPIES_MAX = "50";

  private final Desk desk;
  private final Visitor visitor;
  private final Call call;

  /**
   * Begins.
   *
   * @param desk asks
   * @param visitor who looks
   * @param call the request for the page
   */
  NewKeyPages(Desk desk, Visitor visitor, Call call) {
    this.desk = desk;
    this.visitor = visitor;
    this.call = call;
  }

  /**
   * What somebody asks for, as far as it is known.
   *
   * @param form what the form holds
   * @param chosen the scopes that are chosen, where they can be
   * @param asked scopes that somebody named, so that it has to be said if they cannot be chosen
   * @param proposed whether the scopes of the template are chosen that the form names, in the place
   *     of the chosen ones
   * @param reaching how far the key is to go
   * @param start the key that it was started from; null if none
   * @param replaces the key that is replaced; null if none
   */
  record Wish(
      NewKeyPage.Form form,
      Collection<String> chosen,
      Collection<String> asked,
      boolean proposed,
      Reaching reaching,
      @Nullable KeyAnswer start,
      @Nullable KeyAnswer replaces) {}

  /**
   * Makes the page.
   *
   * @param wish what is asked for
   * @param faults what is wrong with it
   */
  NewKeyPage of(Wish wish, Faults faults) {
    Policy policy = visitor.organization().policy();
    NewKeyPage.Form form = wish.form();
    Reply found =
        form.api().isEmpty()
            ? null
            : desk.ask(visitor, call, "showCatalog").path("api", form.api()).send();
    if (found == null || found.answer().status() == 404) {
      return new NewKeyPage(
          apis(),
          form,
          null,
          List.of(),
          null,
          NewKeyPage.Limits.of(policy, ""),
          found == null
              ? ofNoApi(form, faults)
              : faults.any() ? faults : with(faults, unknownApi(form.api())));
    }
    Choosable choosable = new Choosable(visitor, new Covered(found.read(CatalogAnswer.class)));
    Faults all = faults;
    CatalogAnswer.Template template = template(choosable, form.start());
    if (template == null && form.start().startsWith(TEMPLATE)) {
      all = with(faults, unknownStart(form.start()));
    }
    Set<String> chosen = new LinkedHashSet<>(wish.chosen());
    Set<String> asked = new LinkedHashSet<>(wish.asked());
    if (template != null && wish.proposed()) {
      chosen.addAll(template.scopes());
      asked.addAll(template.scopes());
    }
    List<String> unknown = asked.stream().filter(scope -> !choosable.isKnown(scope)).toList();
    NewKeyPage.Limits limits = NewKeyPage.Limits.of(policy, choosable.whyNotAll());
    KeyAnswer compared = wish.replaces() == null ? wish.start() : wish.replaces();
    return new NewKeyPage(
        List.of(),
        form.within(limits, desk.now()),
        new Picker(
            groups(choosable, chosen, before(choosable, compared, template)),
            operations(form.api()),
            compared != null
                ? compared.name() + (wish.replaces() == null ? "" : " as it is")
                : template != null ? "the template " + template.name() : "",
            unknown,
            reach(choosable, wish.reaching(), compared)),
        wish.replaces() == null ? starts(choosable, form) : List.of(),
        wish.replaces(),
        limits,
        unchoosable(choosable, asked, all));
  }

  private static Faults ofNoApi(NewKeyPage.Form form, Faults faults) {
    return form.start().startsWith(TEMPLATE)
        ? with(
            faults,
            new Faults.Fault("", "A template is of the catalog of an API", "Name the API, too."))
        : faults;
  }

  private static CatalogAnswer.@Nullable Template template(Choosable choosable, String start) {
    return choosable.templates().stream()
        .filter(each -> start.equals(TEMPLATE + each.name()))
        .findFirst()
        .orElse(null);
  }

  private static Set<String> before(
      Choosable choosable,
      @Nullable KeyAnswer compared,
      CatalogAnswer.@Nullable Template template) {
    if (compared != null) {
      return compared.allScopes() ? choosable.all() : Set.copyOf(compared.scopes());
    }
    return template == null ? Set.of() : Set.copyOf(template.scopes());
  }

  private static Faults.Fault unknownStart(String start) {
    String what =
        start.startsWith(TEMPLATE)
            ? "There is no template \"" + Spelling.printable(start.substring(TEMPLATE.length()))
            : "There is no key \"" + Spelling.printable(start);
    return new Faults.Fault("start", what + "\" to start from", "Choose one of the list.");
  }

  private static Faults.Fault unknownApi(String api) {
    return new Faults.Fault(
        "", "There is no API \"" + Spelling.printable(api) + "\" with a catalog", "");
  }

  private static Faults with(Faults faults, Faults.Fault more) {
    List<Faults.Fault> all = new ArrayList<>(faults.list());
    all.add(more);
    return new Faults(faults.sentence(), all);
  }

  /** Says of each scope that was asked for and is there why it cannot be chosen. */
  private static Faults unchoosable(Choosable choosable, Collection<String> asked, Faults faults) {
    Faults all = faults;
    for (String scope : new LinkedHashSet<>(asked)) {
      String why = choosable.isKnown(scope) ? choosable.whyNot(scope) : null;
      if (why != null) {
        all =
            with(
                all,
                new Faults.Fault("scopes", scope + " cannot be chosen here: it is " + why, ""));
      }
    }
    return all;
  }

  private List<NewKeyPage.Api> apis() {
    return desk.ask(visitor, call, "listApis").send().page(ApiAnswer.class).items().stream()
        .filter(api -> api.catalogVersion() != null)
        .sorted(Comparator.comparing(ApiAnswer::builtIn))
        .map(api -> new NewKeyPage.Api(api.id(), api.name(), api.prefix()))
        .toList();
  }

  private List<OperationAnswer> operations(String api) {
    Reply reply = desk.ask(visitor, call, "listOperations").path("api", api).send();
    return reply.answer().status() == 404
        ? List.of()
        : reply.read(OperationsAnswer.class).operations().stream()
            .filter(operation -> operation.requirement().anonymous() == null)
            .toList();
  }

  private List<Picker.Group> groups(
      Choosable choosable, Collection<String> chosen, Set<String> before) {
    Map<String, List<String>> paths = paths(operations(choosable.api()));
    Map<String, List<Picker.Choice>> byCategory = new LinkedHashMap<>();
    for (CatalogAnswer.Entry entry : choosable.entries()) {
      String scope = entry.scope();
      String why = choosable.whyNot(scope);
      if (entry.retired() && !before.contains(scope)) {
        continue;
      }
      byCategory
          .computeIfAbsent(entry.category(), category -> new ArrayList<>())
          .add(
              new Picker.Choice(
                  scope,
                  entry.access(),
                  entry.description(),
                  choosable.besides(scope),
                  paths.getOrDefault(scope, List.of()),
                  why == null && chosen.contains(scope),
                  before.contains(scope),
                  why == null ? null : Phrases.words(why)));
    }
    return Picker.groups(byCategory);
  }

  private @Nullable ReachPicker reach(
      Choosable choosable, Reaching chosen, @Nullable KeyAnswer compared) {
    boolean verifies = choosable.offers(BuiltInScope.KEYS_VERIFY);
    if (!verifies && !choosable.offers(BuiltInScope.KEYS_ISSUE)) {
      return null;
    }
    return new ReachPicker(
        Phrases.reach(new ReachForm.Limited(Reaching.issues(compared), List.of())),
        verifies
            ? apis().stream().map(api -> new ReachPicker.Api(api.id(), api.name())).toList()
            : List.of(),
        chosen,
        Reaching.of(compared));
  }

  private static Map<String, List<String>> paths(List<OperationAnswer> operations) {
    Map<String, List<String>> paths = new LinkedHashMap<>();
    for (OperationAnswer operation : operations) {
      List<List<String>> anyOf = operation.requirement().anyOf();
      Set<String> named = new LinkedHashSet<>();
      if (anyOf != null) {
        anyOf.forEach(named::addAll);
      }
      for (String scope : named) {
        paths
            .computeIfAbsent(scope, each -> new ArrayList<>())
            .add(operation.method() + " " + operation.path());
      }
    }
    return paths;
  }

  /** The templates of the catalog, and keys of the same API to be copied. */
  private List<NewKeyPage.Start> starts(Choosable choosable, NewKeyPage.Form form) {
    List<NewKeyPage.Start> starts = new ArrayList<>();
    choosable
        .templates()
        .forEach(each ->
            starts.add(new NewKeyPage.Start(TEMPLATE + each.name(), "Template: " + each.name())));
    desk.ask(visitor, call, "listKeys")
        .query("api", form.api())
        .query("state", "active")
        .query("limit", COPIES_MAX)
        .send()
        .page(KeyAnswer.class)
        .items()
        .forEach(
            key -> starts.add(new NewKeyPage.Start(COPY_OF + key.id(), "Copy of " + key.name())));
    return starts;
  }

  /**
   * Finds a key that is named to be copied; no key if a template is named.
   *
   * @param start what the form or link holds
   * @param faults where it is said if there is none
   */
  @Nullable KeyAnswer start(String start, List<Faults.Fault> faults) {
    if (start.isEmpty() || start.startsWith(TEMPLATE)) {
      return null;
    }
    Reply reply =
        start.startsWith(COPY_OF)
            ? desk.ask(visitor, call, "showKey")
                .path("key", start.substring(COPY_OF.length()))
                .send()
            : null;
    if (reply != null && reply.ok()) {
      return reply.read(KeyAnswer.class);
    }
    faults.add(unknownStart(start));
    return null;
  }

  /**
   * Finds the key that is to be replaced.
   *
   * @param id its id; empty if none is
   * @throws Reply.Refused if there is none of that id
   */
  @Nullable KeyAnswer replaced(String id) {
    return id.isEmpty()
        ? null
        : desk.ask(visitor, call, "showKey").path("key", id).send().read(KeyAnswer.class);
  }
}
