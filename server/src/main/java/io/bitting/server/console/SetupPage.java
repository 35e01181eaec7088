package io.bitting.server.console;

/**
 * The form of the first owner.
 *
 * @param over whether there is an owner already, so that there is nothing to set up
 * @param organization the name of the organization, as it is filled in
 * @param name the person's name, as it is filled in
 * @param mail the person's mail address, as it is filled in
 * @param faults what is wrong with what was sent
 */
record SetupPage(boolean over, String organization, String name, String mail, Faults faults)
    implements ConsolePage {
  @Override
  public String title() {
    return "Set up Bitting";
  }

  @Override
  public Section section() {
    return Section.NONE;
  }
}
