package io.bitting.operation;

import io.bitting.id.ApiId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations of one API, as a whole: what is not among them is refused to every key.
 *
 * <p>Immutable and thread-safe.
 *
 * @param api the API
 * @param version 1 for the first, one more with each change
 * @param published whether everybody may read the page that lists them
 * @param list the operations in the order of their document; none has the method and path of
 *     another
 */
public record Operations(ApiId api, int version, boolean published, List<Operation> list) {
  /** The greatest number of operations that an API can have. */
  public static final int COUNT_MAX = 10_000;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if {@link #faults} finds one, or the version is below 1
   */
  public Operations {
    list = List.copyOf(list);
    List<String> faults = faults(list);
    if (version < 1) {
      throw new IllegalArgumentException("version " + version + " is below 1");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  /**
   * Finds everything that keeps operations from being those of one API.
   *
   * @param operations some operations
   * @return one sentence a fault; empty if there is none
   */
  public static List<String> faults(List<Operation> operations) {
    List<String> faults = new ArrayList<>();
    if (operations.size() > COUNT_MAX) {
      faults.add("there are " + operations.size() + " operations; an API has at most " + COUNT_MAX);
    }
    Map<String, Operation> byShape = new HashMap<>();
    for (Operation operation : operations) {
      Operation other = byShape.putIfAbsent(operation.signature(), operation);
      if (other != null) {
        faults.add(
            operation.name() + " is the same operation as " + other.name() + "; keep one of them");
      }
    }
    return faults;
  }
}
