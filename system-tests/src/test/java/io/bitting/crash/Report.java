package io.bitting.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of some rounds.
 *
 * @param site where the data was
 * @param blows how many of each kind
 * @param acknowledged how many operations were acknowledged
 * @param unanswered how many were left without an answer, or with one that does not say
 * @param refused how many were answered with "nothing was changed"
 * @param stored how many of the unanswered were found done
 * @param ready how long each start took until the server answered
 * @param findings what was lost or made up
 */
record Report(
    String site,
    Map<Blow, Integer> blows,
    long acknowledged,
    long unanswered,
    long refused,
    long stored,
    List<Duration> ready,
    List<String> findings) {
  /** How often the server is killed in a run; more often by the command of docs/testing.md. */
  static final int KILLS = Integer.getInteger("bitting.crash.kills", 4);

  /** Draws moments and operations. */
  static final long SEED = Long.getLong("bitting.crash.seed", 20_251_121);

  Report {
    blows = new EnumMap<>(blows);
    ready = ready.stream().sorted().toList();
    findings = List.copyOf(findings);
  }

  void assertNothingLost() {
    System.out.println(this);
    assertThat(findings).isEmpty();
    // Else nothing was going on when it was killed, and nothing could have been lost.
    assertThat(acknowledged).isGreaterThanOrEqualTo(5L * KILLS);
    assertThat(unanswered).isGreaterThanOrEqualTo(KILLS);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "kill -9 on %s: %s; %,d operations acknowledged, %,d unanswered (%,d of them done), %,d refused; %d found wrong; ready again after p50 %d ms, max %d ms",
        site,
        blows,
        acknowledged,
        unanswered,
        stored,
        refused,
        findings.size(),
        ready.get(ready.size() / 2).toMillis(),
        ready.get(ready.size() - 1).toMillis());
  }
}
