package io.bitting.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "serve",
    header = "Run the server.",
    description = {
      "Settings come from bitting.yaml, the environment and flags, each stronger than the one before. See what is set, and where: bitting config print.",
      "While nobody owns the installation, a setup code is shown on a terminal, or written to a file that only you can read."
    },
    footer = {
      "  bitting serve",
      "  bitting serve --data /var/lib/bitting --listen 0.0.0.0:8443 --tls-cert cert.pem --tls-key key.pem --pepper-file /etc/bitting/pepper",
      "  bitting serve --database jdbc:postgresql://db/bitting --database-user bitting --database-password-file password --pepper-file pepper"
    })
final class Serve implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private CommandSpec spec = CommandSpec.create();

  Serve(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Configuration configuration =
        new ConfigurationReader(surroundings)
            .read(SettingFlags.configFile(spec), SettingFlags.given(spec));
    return surroundings.launch().serve(configuration, surroundings);
  }
}
