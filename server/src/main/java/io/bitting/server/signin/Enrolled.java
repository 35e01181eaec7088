package io.bitting.server.signin;

import java.util.List;

/**
 * A sign-in in which a second factor was enrolled. {@code toString} does not show the codes.
 *
 * @param begun the sign-in, under a new cookie
 * @param codes the recovery codes, shown once; none if the person had some already
 */
public record Enrolled(Begun begun, List<String> codes) {
  /** Copies the list. */
  public Enrolled {
    codes = List.copyOf(codes);
  }

  @Override
  public String toString() {
    return "Enrolled[" + begun + "]";
  }
}
