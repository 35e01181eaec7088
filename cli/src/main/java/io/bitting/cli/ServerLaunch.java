package io.bitting.cli;

/** Starts the server of this process. */
final class ServerLaunch implements Launch {

  @Override
  public int serve(Configuration configuration, Surroundings surroundings) {
    throw new StopException(ExitCode.FAILURE, "serve is not part of this build", "");
  }

  @Override
  public int demo(Configuration configuration, Surroundings surroundings) {
    throw new StopException(ExitCode.FAILURE, "demo is not part of this build", "");
  }

  @Override
  public Recovered recover(Configuration configuration) {
    throw new StopException(ExitCode.FAILURE, "setup --recover is not part of this build", "");
  }
}
