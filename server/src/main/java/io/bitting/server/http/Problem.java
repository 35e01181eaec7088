package io.bitting.server.http;

import io.bitting.issue.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem as an endpoint states it; the edge adds what is the same for all (RFC 9457).
 *
 * @param code the kind
 * @param detail this one, in a sentence for the caller
 * @param members further members, in order
 */
public record Problem(ProblemCode code, String detail, Map<String, Object> members) {

  /**
   * States a problem without further members.
   *
   * @param code the kind
   * @param detail this one, in a sentence
   */
  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, detail, Map.of());
  }

  /**
   * States everything that is wrong with a request.
   *
   * @param faults at least one
   */
  public static Problem faults(List<Fault> faults) {
    return faults(faults.size(), faults);
  }

  /**
   * States everything that is wrong with a request, in faults of any shape.
   *
   * @param count how many
   * @param faults what the caller is shown
   */
  public static Problem faults(int count, Object faults) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("faults", faults);
    return new Problem(
        ProblemCode.VALIDATION_FAILED,
        count == 1
            ? "The request has 1 fault; nothing was changed."
            : "The request has " + count + " faults; nothing was changed.",
        members);
  }

  /** Says that there is nothing at this address, or nothing that the caller may know of. */
  public static Problem notFound() {
    return of(ProblemCode.NOT_FOUND, "There is nothing at this address that this key may see.");
  }
}
