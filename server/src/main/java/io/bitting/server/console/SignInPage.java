package io.bitting.server.console;

import org.jspecify.annotations.Nullable;

/**
 * The form of the password.
 *
 * @param mail the mail address, as it is filled in
 * @param to the page to go on to, a path of the console
 * @param notice why one has to sign in, or sign in again; null if there is nothing to say
 * @param passkeyOptions what the browser needs to ask for a passkey, as JSON
 * @param faults what is wrong with what was sent
 */
record SignInPage(
    String mail, String to, @Nullable String notice, String passkeyOptions, Faults faults)
    implements ConsolePage {
  @Override
  public String title() {
    return "Sign in";
  }

  @Override
  public Section section() {
    return Section.NONE;
  }
}
