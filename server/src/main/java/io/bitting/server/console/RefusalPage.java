package io.bitting.server.console;

import io.bitting.client.protocol.Problem;

/**
 * Why there is no page: it does not exist, is not for this visitor, or cannot be made now.
 *
 * @param problem what the endpoint said
 * @param remedy what to do about it
 */
record RefusalPage(Problem problem, String remedy) implements ConsolePage {
  @Override
  public String title() {
    return problem.title();
  }

  @Override
  public Section section() {
    return Section.NONE;
  }
}
