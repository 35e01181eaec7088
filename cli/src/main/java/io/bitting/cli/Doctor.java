package io.bitting.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    header = "Look at a token, asking nobody: its parts, its checksum, and what is wrong.",
    description = {
      "The token comes from --token-file, --token-stdin, BITTING_TOKEN, BITTING_TOKEN_FILE or a profile. Its secret is not shown.",
      "Exit code 0 if the token is well-formed, 1 if it is not. Only the server knows whether it is valid: bitting whoami."
    },
    footer = {"  bitting doctor --token-file token", "  pbpaste | bitting doctor --token-stdin"})
final class Doctor extends ServerCommand {
  Doctor(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    Connection.FoundToken found = connection.token();
    Diagnosis diagnosis = Diagnosis.of(found.token().reveal());
    presentation.show(json(found.origin(), diagnosis), () -> print(found.origin(), diagnosis));
    return diagnosis.faults().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void print(String origin, Diagnosis diagnosis) {
    List<Table.Pair> pairs = new ArrayList<>();
    pairs.add(
        new Table.Pair(
            "Token", "from " + origin + ", " + Plain.count(diagnosis.length(), "character")));
    pairs.add(new Table.Pair("Prefix", diagnosis.prefix().orElse("none found")));
    pairs.add(new Table.Pair("Id", diagnosis.id().orElse("none found")));
    pairs.add(
        new Table.Pair(
            "Checksum", diagnosis.checksum().map(Doctor::words).orElse("cannot be computed")));
    Table.printPairs(surroundings, pairs);
    for (Diagnosis.Finding fault : diagnosis.faults()) {
      surroundings.print("✗ " + Plain.text(fault.message()));
      surroundings.print("  " + Plain.text(fault.fix()));
    }
    if (diagnosis.faults().isEmpty()) {
      surroundings.print("✓ The token is well-formed.");
      surroundings.say("Ask the server whether it is valid: bitting whoami");
    }
  }

  private static String words(Diagnosis.Checksum checksum) {
    return checksum.isRight()
        ? checksum.found() + ", right"
        : checksum.found() + " found, " + checksum.expected() + " expected";
  }

  private static Map<String, Object> json(String origin, Diagnosis diagnosis) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("origin", origin);
    members.put("length", diagnosis.length());
    members.put("prefix", diagnosis.prefix().orElse(null));
    members.put("id", diagnosis.id().orElse(null));
    members.put("checksum_found", diagnosis.checksum().map(Diagnosis.Checksum::found).orElse(null));
    members.put(
        "checksum_expected", diagnosis.checksum().map(Diagnosis.Checksum::expected).orElse(null));
    members.put("well_formed", diagnosis.faults().isEmpty());
    members.put("faults", diagnosis.faults());
    return members;
  }
}
