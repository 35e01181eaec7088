package io.bitting.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "logout",
    header = "Forget the token of a profile.",
    description = "The key itself stays as it is; to end it, revoke it.",
    footer = {"  bitting logout", "  bitting logout --profile work"})
final class Logout implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Else BITTING_PROFILE, else \"default\".")
  private @Nullable String profile;

  Logout(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    String name =
        Optional.ofNullable(profile)
            .or(() -> surroundings.variable("BITTING_PROFILE"))
            .orElse(Profiles.DEFAULT);
    Profiles profiles = Profiles.of(surroundings);
    Optional<Profile> forgotten = Optional.ofNullable(profiles.read().get(name));
    if (!profiles.remove(name)) {
      throw new StopException(
          ExitCode.NOT_FOUND, "there is no profile \"" + name + "\" in " + profiles.file(), "");
    }
    surroundings.say("Forgot profile \"" + name + "\".");
    forgotten
        .flatMap(profile -> Diagnosis.of(profile.token().reveal()).id())
        .ifPresent(id ->
            surroundings.say(
                "Its key still works at "
                    + forgotten.get().url()
                    + "; to end it: bitting keys revoke "
                    + id));
    return ExitCode.OK;
  }
}
