package io.bitting.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that asks a server, and shows what it answers. */
abstract class ServerCommand implements Callable<Integer> {
  final Surroundings surroundings;

  @Mixin final Connection connection;
  @Mixin final Presentation presentation;

  ServerCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }
}
