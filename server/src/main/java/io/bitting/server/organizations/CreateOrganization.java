package io.bitting.server.organizations;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.NewOrganizationAnswer;
import io.bitting.grant.Ceiling;
import io.bitting.id.DisplayName;
import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.issue.Fault;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
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
import io.bitting.server.setup.SetupCodes;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates an organization, with the code that makes its owner's key. Whoever redeems the code may
 * grant everything in the organization, so only a key that may grant everything creates one.
 */
public final class CreateOrganization implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "createOrganization",
          "POST",
          "/v1/organizations",
          Requirement.allOf("organizations:manage"));

  private final Acting acting;
  private final SetupCodes codes;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param codes makes the code
   * @param clock tells the time of creation
   * @param random gives the id
   */
  public CreateOrganization(Acting acting, SetupCodes codes, Clock clock, SecureRandom random) {
    this.acting = acting;
    this.codes = codes;
    this.clock = clock;
    this.random = random;
  }

  /** What is asked for. */
  private record Form(String slug, String name, List<Fault> faults) {}

  /** What is made. */
  private record Made(Organization organization, SetupCodes.Fresh code) {}

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    Form form = read(call);
    return acting.create(
        call,
        ROUTE,
        (writer, caller) -> create(writer, caller, call, form),
        (made, reveal) ->
            Answer.json(
                    201,
                    new NewOrganizationAnswer(
                        OrganizationAnswers.of(made.organization()),
                        reveal.secret(() -> made.code().text()),
                        made.code().code().expiresAt()))
                .with("Location", "/v1/organizations/" + made.organization().slug()));
  }

  private static Form read(Call call) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      int before = faults.size();
      String slug = fields.text("slug");
      if (faults.size() == before) {
        OrganizationName.checkSlug(slug, "/slug", faults);
      }
      before = faults.size();
      String name = DisplayName.normalize(fields.text("name"));
      if (faults.size() == before) {
        OrganizationName.check(name, faults);
      }
      return new Form(slug, name, faults);
    }
  }

  private Step<Made> create(Writer writer, ActingCaller caller, Call call, Form form) {
    if (!form.faults().isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(form.faults())));
    }
    if (!(caller.ceiling() instanceof Ceiling.Everything)) {
      return Step.no(
          ProblemCode.BEYOND_CEILING,
          "The owner of an organization may grant everything there, and the key that asks may not; use a key that reaches everything.");
    }
    Slug slug = new Slug(form.slug());
    if (writer.organization(slug).isPresent()) {
      return Step.no(
          ProblemCode.SLUG_TAKEN,
          "There is an organization with the slug \"" + slug + "\"; choose another.");
    }
    Organization organization =
        new Organization(
            OrganizationId.generate(random),
            slug,
            form.name(),
            false,
            false,
            true,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            1);
    writer.insertOrganization(organization);
    SetupCodes.Fresh code = codes.make(organization.id());
    writer.putSetupCode(code.code());
    AuditEvent.Act act =
        caller.act(
            call,
            "organization.created",
            new AuditEvent.Target("organization", organization.id().text()),
            List.of(
                new AuditEvent.Change("slug", null, slug.text()),
                new AuditEvent.Change("name", null, organization.name())));
    writer.audit(AuditChain.INSTALLATION, act, call.source());
    writer.audit(AuditChain.of(organization.id()), act, call.source());
    return Step.done(new Made(organization, code));
  }
}
