package io.bitting.server.apis;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.ApiAnswer;
import io.bitting.id.ApiId;
import io.bitting.id.DisplayName;
import io.bitting.issue.Fault;
import io.bitting.key.KeyHeader;
import io.bitting.key.KeyPrefix;
import io.bitting.scope.Spelling;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.server.organizations.OrganizationName;
import io.bitting.store.Api;
import io.bitting.store.Writer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates an API, or changes its name or key header. Its id and its key prefix are chosen once. */
public final class PutApi implements Endpoint {
  private static final Route ROUTE =
      Route.json("putApi", "PUT", "/v1/apis/{api}", ApiRequirement.CHANGE);

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param clock tells the time of creation
   */
  public PutApi(Acting acting, Clock clock) {
    this.acting = acting;
    this.clock = clock;
  }

  /** What is asked for. */
  private record Form(String name, String prefix, Optional<Header> header, List<Fault> faults) {}

  /** The key header that is asked for; null for none. */
  private record Header(@Nullable KeyHeader header) {}

  /** What is made. */
  private record Made(ApiAnswer shown, boolean created) {}

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    Form form = read(call);
    return acting.change(
        call,
        ROUTE,
        (writer, caller) -> put(writer, caller, call, form),
        made -> Answer.json(made.created() ? 201 : 200, made.shown()));
  }

  private static Form read(Call call) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      int before = faults.size();
      String name = DisplayName.normalize(fields.text("name"));
      if (faults.size() == before) {
        OrganizationName.check(name, faults);
      }
      before = faults.size();
      String prefix = fields.text("prefix");
      if (faults.size() == before && KeyPrefix.parse(prefix).isEmpty()) {
        fields.fault(
            "prefix",
            "prefix_invalid",
            "key prefix \""
                + Spelling.printable(prefix)
                + "\" is not well-formed; "
                + KeyPrefix.RULE,
            "choose another prefix");
      }
      Optional<Header> header = header(fields);
      if (ApiId.parse(call.path("api")).isEmpty()) {
        faults.add(
            new Fault(
                "",
                "slug_invalid",
                "API id \""
                    + Spelling.printable(call.path("api"))
                    + "\" is not well-formed; "
                    + io.bitting.id.Slug.RULE,
                "choose another id"));
      }
      return new Form(name, prefix, header, faults);
    }
  }

  private static Optional<Header> header(Fields fields) {
    if (fields.isNull("key_header")) {
      return Optional.of(new Header(null));
    }
    Optional<String> text = fields.optionalText("key_header");
    Optional<KeyHeader> header = text.flatMap(KeyHeader::parse);
    if (text.isPresent() && header.isEmpty()) {
      fields.fault(
          "key_header",
          "key_header_invalid",
          "key header \"" + Spelling.printable(text.get()) + "\" is not allowed; " + KeyHeader.RULE,
          "choose another header, such as X-Shop-Key, send null for none, or leave it out");
    }
    return header.map(Header::new);
  }

  private Step<Made> put(Writer writer, ActingCaller caller, Call call, Form form) {
    if (!form.faults().isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(form.faults())));
    }
    ApiId id = new ApiId(call.path("api"));
    if (id.isBuiltIn()) {
      return Step.no(
          ProblemCode.API_IMMUTABLE, "API \"bitting\" is Bitting's own and comes with it.");
    }
    Optional<Sealed<Api>> stored = writer.api(id);
    return stored.isPresent()
        ? edit(writer, caller, call, stored.get(), form)
        : create(writer, caller, call, id, form);
  }

  private Step<Made> create(Writer writer, ActingCaller caller, Call call, ApiId id, Form form) {
    KeyPrefix prefix = new KeyPrefix(form.prefix());
    Optional<Api> holder =
        writer.apis().stream()
            .map(Sealed::unchecked)
            .filter(api -> api.prefix().equals(prefix))
            .findFirst();
    if (holder.isPresent()) {
      return Step.no(
          ProblemCode.PREFIX_TAKEN,
          "API \""
              + holder.get().id()
              + "\" has the key prefix \""
              + prefix
              + "\"; choose another.");
    }
    @Nullable KeyHeader header = form.header().map(Header::header).orElse(null);
    Api api =
        new Api(id, form.name(), prefix, header, clock.instant().truncatedTo(ChronoUnit.MILLIS), 1);
    writer.insertApi(api);
    audit(
        writer,
        caller,
        call,
        "api.created",
        id,
        changes(
            new AuditEvent.Change("name", null, form.name()),
            new AuditEvent.Change("prefix", null, prefix.text()),
            new AuditEvent.Change("key_header", null, text(header))));
    return Step.done(new Made(ApiAnswers.of(api, writer), true));
  }

  private static Step<Made> edit(
      Writer writer, ActingCaller caller, Call call, Sealed<Api> stored, Form form) {
    KeyPrefix prefix = new KeyPrefix(form.prefix());
    Optional<Api> intact = stored.intact();
    if (intact.isEmpty()) {
      return Step.no(
          ProblemCode.STATE_CONFLICT,
          "API \""
              + stored.unchecked().id()
              + "\" was altered in the database behind Bitting's back; restore it first.");
    }
    Api before = intact.get();
    if (!before.prefix().equals(prefix)) {
      return Step.no(
          ProblemCode.API_IMMUTABLE,
          "API \""
              + before.id()
              + "\" has the key prefix \""
              + before.prefix()
              + "\", which never changes; make another API for \""
              + prefix
              + "\".");
    }
    @Nullable KeyHeader header =
        form.header().isPresent() ? form.header().get().header() : before.keyHeader();
    if (before.name().equals(form.name()) && Objects.equals(before.keyHeader(), header)) {
      return Step.done(new Made(ApiAnswers.of(before, writer), false));
    }
    Api after = before.edited(form.name(), header);
    writer.updateApi(after);
    audit(
        writer,
        caller,
        call,
        "api.edited",
        before.id(),
        changes(
            new AuditEvent.Change("name", before.name(), after.name()),
            new AuditEvent.Change("key_header", text(before.keyHeader()), text(header))));
    return Step.done(new Made(ApiAnswers.of(after, writer), false));
  }

  /** Returns those that change something. */
  private static List<AuditEvent.Change> changes(AuditEvent.Change... all) {
    return Stream.of(all).filter(one -> !Objects.equals(one.before(), one.after())).toList();
  }

  private static @Nullable String text(@Nullable KeyHeader header) {
    return header == null ? null : header.text();
  }

  private static void audit(
      Writer writer,
      ActingCaller caller,
      Call call,
      String action,
      ApiId id,
      List<AuditEvent.Change> changes) {
    writer.audit(
        AuditChain.INSTALLATION,
        caller.act(call, action, new AuditEvent.Target("api", id.text()), changes),
        call.source());
  }
}
