package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.Rotation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rotate",
    header = "Give a key a new token; what it may do stays.",
    description =
        "The new token is printed on standard output and exists nowhere else. The old one is accepted while the overlap lasts, never longer than it would have been.",
    footer = {
      "  bitting keys rotate nightly",
      "  bitting keys rotate nightly --overlap 7d --retire-when-quiet 24",
      "  bitting keys rotate nightly --overlap now -q > token"
    })
final class RotateKey extends KeyCommand {
  @Option(
      names = "--overlap",
      paramLabel = "TIME",
      description =
          "How long the old token is accepted: now (not at all), 1h, 24h or 7d. 24h unless given.")
  private @Nullable String overlap;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "When the new token expires: 30d, 36h, 1y, 2027-03-31, a time, or never. The same lifetime again unless given.")
  private @Nullable String expires;

  @Option(
      names = "--retire-when-quiet",
      paramLabel = "HOURS",
      description = "End the old token sooner, once nobody used it for so many hours.")
  private @Nullable Integer quietHours;

  @Mixin private final TokenOutput output;

  RotateKey(Surroundings surroundings) {
    super(surroundings);
    this.output = new TokenOutput(surroundings);
  }

  @Override
  public Integer call() {
    Rotation rotation = new Rotation(overlap, KeyExpiry.read(expires, surroundings), quietHours);
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
    CreatedKey rotated = client.rotateKey(organization, found.id(), rotation).orThrow();
    output.show(
        presentation,
        new TokenOutput.Made(
            rotated,
            rotated.token(),
            rotated.key(),
            "the old token is accepted as long as it overlaps",
            "Rotate once more: bitting keys rotate "
                + rotated.key().id()
                + " --overlap now"
                + again()),
        () -> sayMade(rotated.key()),
        () -> {
          if (overlaps(rotated.key())) {
            surroundings.say(
                "See whether the old one is still in use: bitting keys show "
                    + found.id()
                    + again());
          }
        });
    return ExitCode.OK;
  }

  private void sayMade(KeyAnswer rotated) {
    Times times = new Times(surroundings.clock());
    surroundings.say(
        "Rotated key "
            + KeyWords.named(rotated)
            + "; its new token expires "
            + times.both(rotated.expiresAt())
            + ", and the old one "
            + (overlaps(rotated)
                ? "is accepted until " + times.both(rotated.secrets().get(1).expiresAt())
                : "is refused from now on")
            + ".");
    surroundings.say("Its new token, shown once:");
  }

  private static boolean overlaps(KeyAnswer rotated) {
    return rotated.secrets().size() > 1;
  }
}
