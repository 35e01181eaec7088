package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.ReplacedKey;
import io.bitting.client.protocol.ReplacementDifference;
import io.bitting.client.protocol.ReplacementKey;
import io.bitting.client.protocol.ReplacementPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replace",
    header = "Make a key in the place of another, with other scopes or another expiry.",
    description =
        "What is not given is taken from the old key. The difference is shown first. The old key is accepted while the overlap lasts, and is revoked then.",
    footer = {
      "  bitting keys replace nightly --scope scans:read --plan",
      "  bitting keys replace nightly --scope scans:read --overlap 7d",
      "  bitting keys replace nightly --all-scopes --yes -q > token"
    })
final class ReplaceKey extends KeyCommand {
  @Option(names = "--name", paramLabel = "NAME", description = "The name of the new key.")
  private @Nullable String name;

  @Option(names = "--purpose", paramLabel = "TEXT", description = "What it is for.")
  private @Nullable String purpose;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private ScopeChoice access = new ScopeChoice();

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "30d, 36h, 1y, 2027-03-31, a time, or never. The same lifetime again unless given.")
  private @Nullable String expires;

  @Option(
      names = "--overlap",
      paramLabel = "TIME",
      description =
          "How long the old key is accepted: now (not at all), 1h, 24h or 7d. 24h unless given.")
  private @Nullable String overlap;

  @Mixin private final ReachOptions reach = new ReachOptions();
  @Mixin private final TokenOutput output;
  @Mixin private final Approval approval = new Approval();
  @Mixin private final Questions questions;

  ReplaceKey(Surroundings surroundings) {
    super(surroundings);
    this.output = new TokenOutput(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    ReplacementKey plan = request(true);
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
    ReplacementPlan planned = client.planReplacement(organization, found.id(), plan).orThrow();
    if (approval.isPlan()) {
      presentation.show(planned, () -> lines(planned).forEach(surroundings::print));
      return ExitCode.DIFFERENCES;
    }
    if (!output.isQuiet()) {
      lines(planned).forEach(surroundings::say);
    }
    approval.get(questions, "key " + KeyWords.named(found) + " will be replaced by a new one");
    ReplacedKey made = client.replaceKey(organization, found.id(), request(false)).orThrow();
    output.show(
        presentation,
        new TokenOutput.Made(
            made,
            made.token(),
            made.key(),
            "the key exists, and the old one ends " + made.replaces().endsAt(),
            "Rotate it for another token: bitting keys rotate "
                + made.key().id()
                + " --overlap now"
                + again()),
        () ->
            surroundings.say(
                "Made key "
                    + KeyWords.named(made.key())
                    + " in the place of "
                    + made.replaces().display()
                    + ". Its token, shown once:"),
        () -> {});
    return ExitCode.OK;
  }

  private ReplacementKey request(boolean plan) {
    List<String> scopes = access.scopes();
    return new ReplacementKey(
        name,
        purpose,
        scopes.isEmpty() ? null : scopes,
        access.isAll() ? Boolean.TRUE : null,
        KeyExpiry.read(expires, surroundings),
        reach.form(),
        overlap,
        plan ? Boolean.TRUE : null);
  }

  /** Says how the keys differ. */
  private List<String> lines(ReplacementPlan plan) {
    ReplacementDifference difference = plan.difference();
    Times times = new Times(surroundings.clock());
    List<String> lines = new ArrayList<>();
    lines.add("In the place of key " + KeyWords.named(plan.replaces()) + ":");
    if (!difference.name().equals(plan.replaces().name())) {
      lines.add("  name     \"" + Plain.text(difference.name()) + "\"");
    }
    if (difference.allScopes() != difference.hadAllScopes()) {
      lines.add(
          difference.allScopes()
              ? "  gains    all scopes, those added later too"
              : "  loses    all scopes, those added later too");
    }
    difference.gains().forEach(scope -> lines.add("  gains    " + scope));
    difference.loses().forEach(scope -> lines.add("  loses    " + scope));
    if (!Objects.equals(difference.reach(), difference.hadReach())) {
      lines.add("  reach    " + KeyWords.reach(difference.reach()));
    }
    if (lines.size() == 1) {
      lines.add("  may do the same");
    }
    lines.add("  expires  " + times.both(difference.expiresAt()));
    lines.add("  the old key ends " + times.both(difference.endsAt()));
    return lines;
  }
}
