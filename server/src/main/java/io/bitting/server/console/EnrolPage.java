package io.bitting.server.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form that enrols a second factor.
 *
 * <p><b>Security guarantees.</b> {@code toString} shows neither the drawing nor the seed.
 *
 * @param drawing the seed for an authenticator app as a square code, an SVG element of our making
 * @param seed the seed in groups of letters, for those who type it
 * @param required why one is asked for now; null if it is the person's own wish
 * @param elsewhere organizations of the person that do not ask for one, while another does
 * @param passkeyOptions what the browser needs to make a passkey, as JSON
 * @param faults what is wrong with what was sent
 */
record EnrolPage(
    String drawing,
    String seed,
    @Nullable String required,
    List<Frame.Other> elsewhere,
    String passkeyOptions,
    Faults faults)
    implements ConsolePage {
  EnrolPage {
    elsewhere = List.copyOf(elsewhere);
  }

  @Override
  public String toString() {
    return "enrolment of a second factor";
  }

  @Override
  public String title() {
    return "Set up a second factor";
  }

  @Override
  public Section section() {
    return Section.NONE;
  }
}
