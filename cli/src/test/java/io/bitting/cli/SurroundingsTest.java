package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SurroundingsTest {
  @TempDir private Path folder;

  /** Nobody is left to wonder whether a command still does something. */
  @Test
  @Timeout(60)
  void saying_workThatTakesLong_saysWhatIsGoingOn() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings surroundings = new Cli(folder).surroundings(out, err);
    String done =
        surroundings.saying(
            "Judging.",
            Duration.ZERO,
            () -> {
              while (!err.toString().contains("Judging.")) {
                Thread.onSpinWait();
              }
              return "done";
            });
    assertThat(done).isEqualTo("done");
    assertThat(out.toString()).isEmpty();
    assertThat(surroundings.saying("Nothing.", Duration.ofDays(1), () -> "soon")).isEqualTo("soon");
    assertThat(err.toString()).doesNotContain("Nothing.");
  }
}
