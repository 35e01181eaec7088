package io.bitting.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.audit.AuditEvent;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published vectors of audit events, whose form only their hash shows. */
final class AuditVectorsTest {

  static List<CanonicalVectors.Vector> events() {
    return CanonicalVectors.of("audit-event");
  }

  @ParameterizedTest
  @MethodSource("events")
  void isWhole_publishedEvent_isTrue(CanonicalVectors.Vector vector) {
    AuditEvent event = CanonicalVectors.event(vector);
    assertThat(event.chain().isWhole(event)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("events")
  void isWhole_anyPartOfAPublishedEventChanged_isFalse(CanonicalVectors.Vector vector) {
    for (CanonicalVectors.Vector changed : CanonicalVectors.changed(vector)) {
      if (changed.row().at("/source").isTextual()) {
        continue;
      }
      AuditEvent event = CanonicalVectors.event(changed);
      assertThat(event.chain().isWhole(event)).as("%s", changed).isFalse();
    }
  }
}
