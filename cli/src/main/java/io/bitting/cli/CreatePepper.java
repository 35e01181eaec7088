package io.bitting.cli;

import io.bitting.server.Keysets;
import io.bitting.server.StartRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    header = "Make a pepper keyset in a new file that only you can read.",
    description = {
      "The keyset seals the rows of the database: who has the database alone cannot make a row that counts. Keep a copy, away from the database and its backups; without it, the database is of no use.",
      "A file that exists is never overwritten."
    },
    footer = {"  bitting pepper create", "  bitting pepper create /etc/bitting/pepper.keyset"})
final class CreatePepper implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = Keysets.FILE,
      description = "Where. Default: ${DEFAULT-VALUE}.")
  private String file = Keysets.FILE;

  CreatePepper(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path path = surroundings.path(file);
    if (Files.exists(path)) {
      throw new StopException(
          ExitCode.CONFLICT,
          file + " exists, and a pepper keyset is never overwritten",
          "Name another file.");
    }
    Path parent = path.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new StopException(
          ExitCode.FAILURE,
          "folder " + parent + " does not exist",
          "Make it, or name a file in another one.");
    }
    try {
      Keysets.create(path, surroundings.random());
    } catch (StartRefusedException e) {
      throw new StopException(ExitCode.FAILURE, String.valueOf(e.getMessage()), "");
    }
    surroundings.say(
        "Made a pepper keyset in "
            + path
            + " (mode 600). Keep a copy, away from the database and its backups.");
    surroundings.say("Use it: BITTING_PEPPER_FILE=" + path + " bitting serve");
    return ExitCode.OK;
  }
}
