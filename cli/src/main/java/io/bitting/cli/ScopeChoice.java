package io.bitting.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a key is to be allowed: scopes by name, or all. */
class ScopeChoice {
  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "A scope, or some separated by blanks. Repeatable.")
  private List<String> scopes = new ArrayList<>();

  @Option(names = "--all-scopes", description = "All scopes of the API, those added later too.")
  private boolean all;

  /** Returns the scopes that were named. */
  final List<String> scopes() {
    return Words.of(scopes);
  }

  final boolean isAll() {
    return all;
  }
}
