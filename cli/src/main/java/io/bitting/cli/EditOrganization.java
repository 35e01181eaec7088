package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.OrganizationEdit;
import io.bitting.client.protocol.PolicyEdit;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "edit",
    header = "Change name or policy of an organization.",
    description = "The token needs org:write. Keys that exist keep their grants and their expiry.",
    footer = {
      "  bitting organizations edit --name \"Acme Ltd\"",
      "  bitting organizations edit acme --all-scopes forbid",
      "  bitting organizations edit --key-lifetime-max 180d --never forbid",
      "  bitting organizations edit --mfa-required-from 14d"
    })
final class EditOrganization extends ServerCommand {
  @Parameters(
      paramLabel = "ORG",
      arity = "0..1",
      description = "Slug or id. The token's own organization unless given.")
  private @Nullable String organization;

  @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
  private @Nullable String name;

  @Option(
      names = "--all-scopes",
      paramLabel = "POLICY",
      description = "${COMPLETION-CANDIDATES}: whether new keys may have all scopes.")
  private @Nullable Policy allScopes;

  /** Whether something may be. */
  enum Policy {
    allow,
    forbid
  }

  @Option(
      names = "--key-lifetime-max",
      paramLabel = "DAYS",
      description = "The longest that a new token may live, as 180d; or none.")
  private @Nullable String keyLifetimeMax;

  @Option(
      names = "--never",
      paramLabel = "POLICY",
      description = "${COMPLETION-CANDIDATES}: whether a key may live for ever.")
  private @Nullable Policy never;

  @Option(
      names = "--revoke-unused-after",
      paramLabel = "DAYS",
      description = "Revoke keys that nobody used for as long, as 90d; or none.")
  private @Nullable String revokeUnusedAfter;

  @Option(
      names = "--keep-usage",
      paramLabel = "DAYS",
      description = "How long recorded use is kept, as 400d.")
  private @Nullable String keepUsage;

  @Option(
      names = "--keep-audit",
      paramLabel = "DAYS",
      description = "How long audit events are kept, as 730d; or none for ever.")
  private @Nullable String keepAudit;

  @Option(
      names = "--keep-dead-keys",
      paramLabel = "DAYS",
      description =
          "How long keys that are revoked or expired are kept, as 365d; or none for ever.")
  private @Nullable String keepDeadKeys;

  @Option(
      names = "--mfa-required-from",
      paramLabel = "TIME",
      description =
          "From when on members need a second factor: now, in 14d, on a date or at a time. That they need none is decided by a person.")
  private @Nullable String mfaRequiredFrom;

  EditOrganization(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    PolicyEdit policy = policy();
    if (name == null && allScopes == null && policy == null && mfaRequiredFrom == null) {
      throw StopException.usage(
          "there is nothing to change",
          "Give --name, --all-scopes, --mfa-required-from or a part of the policy.");
    }
    BittingClient client = connection.client();
    String slug =
        organization == null ? client.whoami().orThrow().organization().slug() : organization;
    OrganizationEdit edit =
        new OrganizationEdit(
            name, allScopes == null ? null : allScopes == Policy.allow, policy, mfa());
    OrganizationAnswer edited = client.editOrganization(slug, edit).orThrow();
    surroundings.say("Changed organization " + edited.slug() + ".");
    presentation.show(edited, () -> OrganizationWords.print(surroundings, edited));
    return ExitCode.OK;
  }

  private OrganizationEdit.@Nullable From mfa() {
    return mfaRequiredFrom == null
        ? null
        : new OrganizationEdit.From(
            MfaStart.read(surroundings.clock(), "--mfa-required-from", mfaRequiredFrom));
  }

  private @Nullable PolicyEdit policy() {
    boolean any =
        Stream.of(keyLifetimeMax, never, revokeUnusedAfter, keepUsage, keepAudit, keepDeadKeys)
            .anyMatch(Objects::nonNull);
    if (!any) {
      return null;
    }
    PolicyEdit.Days usage = days("--keep-usage", keepUsage);
    if (usage != null && usage.count() == null) {
      throw StopException.usage("recorded use is not kept for ever", "Give days, as 400d.");
    }
    return new PolicyEdit(
        days("--key-lifetime-max", keyLifetimeMax),
        never == null ? null : never == Policy.allow,
        days("--revoke-unused-after", revokeUnusedAfter),
        usage == null ? null : usage.count(),
        days("--keep-audit", keepAudit),
        days("--keep-dead-keys", keepDeadKeys));
  }

  private static PolicyEdit.@Nullable Days days(String flag, @Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.equals("none")) {
      return PolicyEdit.Days.NO_LIMIT;
    }
    if (!text.matches("[0-9]{1,6}d?")) {
      throw StopException.usage(
          flag + " says \"" + text + "\", which is no number of days",
          "Give days, as 180d, or none.");
    }
    return new PolicyEdit.Days(Integer.valueOf(text.replace("d", "")));
  }
}
