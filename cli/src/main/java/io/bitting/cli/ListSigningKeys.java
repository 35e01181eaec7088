package io.bitting.cli;

import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.SigningKeyAnswer;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "signing-keys",
    header = "Print the public keys that signed checkpoints of the audit are checked with.",
    description = {
      "As PEM, which bitting audit verify and openssl read. Keep them where nobody who can alter an export can.",
      "The token needs audit:read."
    },
    footer = {
      "  bitting audit signing-keys > signing-keys.pem",
      "  bitting audit signing-keys -o json"
    })
final class ListSigningKeys extends ServerCommand {
  ListSigningKeys(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    List<SigningKeyAnswer> keys = connection.client().signingKeys().orThrow().items();
    presentation.show(keys, () -> print(keys));
    return ExitCode.OK;
  }

  private void print(List<SigningKeyAnswer> keys) {
    for (SigningKeyAnswer key : keys) {
      surroundings.print(
          "# signing key "
              + key.id()
              + ", "
              + key.algorithm()
              + ", since "
              + Json.time(key.createdAt()));
      surroundings.print(key.publicKey().strip());
    }
  }
}
