package io.bitting.server.console;

import java.util.List;

/**
 * The one time that recovery codes are shown.
 *
 * <p><b>Security guarantees.</b> {@code toString} does not show them.
 *
 * @param codes the codes, in groups of letters
 */
record CodesPage(List<String> codes) implements ConsolePage {
  CodesPage {
    codes = List.copyOf(codes);
  }

  @Override
  public String toString() {
    return codes.size() + " recovery codes";
  }

  @Override
  public String title() {
    return "Recovery codes";
  }

  @Override
  public Section section() {
    return Section.NONE;
  }
}
