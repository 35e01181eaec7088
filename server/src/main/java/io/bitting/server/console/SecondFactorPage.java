package io.bitting.server.console;

/**
 * The form of the second factor: after the password, or before something that asks for a fresh one.
 *
 * @param to the page to go on to, a path of the console
 * @param act what it is asked for, after <i>to</i>; empty if it is to sign in
 * @param app whether an authenticator app is enrolled
 * @param passkeyOptions what the browser needs to ask for a passkey, as JSON; empty if there is
 *     none
 * @param faults what is wrong with what was sent
 */
record SecondFactorPage(String to, String act, boolean app, String passkeyOptions, Faults faults)
    implements ConsolePage {
  @Override
  public String title() {
    return act.isEmpty() ? "Second factor" : "Confirm that it is you";
  }

  @Override
  public Section section() {
    return Section.NONE;
  }
}
