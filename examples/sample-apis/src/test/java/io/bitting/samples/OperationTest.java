package io.bitting.samples;

import static io.bitting.scope.Requirement.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.bitting.scope.Requirement;
import org.junit.jupiter.api.Test;

final class OperationTest {

  /** There is no operation that forgot to say what it requires. */
  @Test
  void get_withoutRequirement_isRejected() {
    assertThatNullPointerException()
        .isThrownBy(() -> Operation.get("/scans", "list scans", null))
        .withMessage("requirement");
  }

  @Test
  void by_onAnonymousOperation_isRejected() {
    Operation open = Operation.get("/scans", "list scans", new Requirement.Anonymous());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open.by((workspace, call) -> new Answer.Nothing()))
        .withMessage(
            "GET /scans requires no key, so there is no organization whose data it could show");
  }

  @Test
  void get_templateWithoutSlash_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operation.get("scans", "list scans", allOf("scans:read")));
  }

  @Test
  void get_templateWithParameter_hasAnExampleThatFillsIt() {
    Operation operation = Operation.get("/scans/{id}/report", "show", allOf("scans:read"));
    assertThat(operation.example()).isEqualTo(new Operation.Example("/scans/1/report", null));
    assertThat(operation).hasToString("GET /scans/{id}/report");
  }
}
