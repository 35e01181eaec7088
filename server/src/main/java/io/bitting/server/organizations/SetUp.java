package io.bitting.server.organizations;

import io.bitting.access.Follower;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.SetupAnswer;
import io.bitting.id.DisplayName;
import io.bitting.id.Slug;
import io.bitting.issue.Fault;
import io.bitting.issue.Issuing;
import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.server.setup.FirstOwner;
import io.bitting.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Redeems a setup code for an owner's key. Anonymous: the code is the credential. */
public final class SetUp implements Endpoint {
  private static final Route ROUTE =
      Route.json("setUp", "POST", "/v1/setup", new Requirement.Anonymous());

  private final FirstOwner firstOwner;
  private final Follower follower;

  /**
   * Makes the endpoint.
   *
   * @param firstOwner redeems
   * @param follower tells when this node sees what was made
   */
  public SetUp(FirstOwner firstOwner, Follower follower) {
    this.firstOwner = firstOwner;
    this.follower = follower;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    List<Fault> faults = new ArrayList<>();
    Optional<FirstOwner.Redemption> redemption = read(call, faults);
    if (redemption.isEmpty() || !faults.isEmpty()) {
      return Answer.problem(Problem.faults(faults));
    }
    Store.Committed<FirstOwner.Outcome> committed = firstOwner.redeem(redemption.get());
    return switch (committed.result()) {
      case FirstOwner.Owned owned -> {
        follower.await(committed.position(), Duration.ofSeconds(2));
        yield Answer.json(
                201,
                new SetupAnswer(
                    OrganizationAnswers.of(owned.organization()),
                    owned.shown(),
                    SecretText.of(owned.issued().key().revealOnce())))
            .asOf(committed.position());
      }
      case FirstOwner.NoSuchCode ignored ->
          Answer.problem(
              ProblemCode.SETUP_CODE_INVALID,
              "The setup code is wrong, was used, or is older than 30 minutes; a restart of the server makes a new one.");
      case FirstOwner.NotSetUp ignored ->
          Answer.problem(ProblemCode.STATE_CONFLICT, "There is no operator organization yet.");
      case FirstOwner.NotIssued not ->
          switch (not.why()) {
            case Issuing.Faulty faulty -> Answer.problem(Problem.faults(renamed(faulty.faults())));
            case Issuing.NameTaken taken ->
                Answer.problem(
                    ProblemCode.NAME_TAKEN,
                    "Key "
                        + taken.holder()
                        + " has the name \""
                        + taken.name()
                        + "\"; choose another.");
            case Issuing.BeyondCeiling ignored ->
                Answer.problem(
                    ProblemCode.BEYOND_CEILING, "The organization does not allow an owner's key.");
            case Issuing.Impossible impossible ->
                Answer.problem(ProblemCode.STATE_CONFLICT, impossible.why());
            case Issuing.Issued ignored -> throw new IllegalStateException("issued and not issued");
          };
    };
  }

  private static List<Fault> renamed(List<Fault> faults) {
    return faults.stream()
        .map(fault ->
            fault.pointer().equals("/name")
                ? new Fault("/key_name", fault.code(), fault.message(), fault.fix())
                : fault)
        .toList();
  }

  private static Optional<FirstOwner.Redemption> read(Call call, List<Fault> faults) {
    try (Fields fields = new Fields(call.json(), "", faults)) {
      String code = fields.text("code");
      String keyName = fields.optionalText("key_name").orElse("owner");
      Optional<Fields> organization = fields.fields("organization");
      Optional<FirstOwner.Named> named = organization.flatMap(given -> named(given, faults));
      return Optional.of(
          new FirstOwner.Redemption(
              code, named, keyName, Optional.of(call.requestId()), call.source()));
    }
  }

  private static Optional<FirstOwner.Named> named(Fields organization, List<Fault> faults) {
    try (organization) {
      String slug = organization.optionalText("slug").orElse("operator");
      String name = organization.optionalText("name").orElse("Operator");
      OrganizationName.checkSlug(slug, "/organization/slug", faults);
      List<Fault> ofName = new ArrayList<>();
      OrganizationName.check(DisplayName.normalize(name), ofName);
      ofName.forEach(fault ->
          faults.add(new Fault("/organization/name", fault.code(), fault.message(), fault.fix())));
      return Slug.parse(slug).map(read -> new FirstOwner.Named(read, name));
    }
  }
}
