package io.bitting.cli;

/** Starts the command line. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    Surroundings surroundings = Surroundings.ofProcess(new ServerLaunch());
    int code = CommandTree.run(surroundings, args);
    surroundings.flush();
    System.exit(code);
  }
}
