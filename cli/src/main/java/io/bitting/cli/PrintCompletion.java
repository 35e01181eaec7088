package io.bitting.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    header = "Print a script that completes commands and options, for bash and zsh.",
    footer = {
      "  source <(bitting completion)",
      "  bitting completion > /etc/bash_completion.d/bitting"
    })
final class PrintCompletion implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private CommandSpec spec = CommandSpec.create();

  PrintCompletion(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.out().print(AutoComplete.bash("bitting", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
