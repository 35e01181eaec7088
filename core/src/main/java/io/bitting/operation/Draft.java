package io.bitting.operation;

import io.bitting.operation.PathTemplate.Literal;
import io.bitting.operation.PathTemplate.Mixed;
import io.bitting.operation.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A place as long as operations are added.
 *
 * <p>To be used by one thread.
 */
final class Draft {
  final Map<Literal, Draft> fixed = new LinkedHashMap<>();
  final Map<Mixed, Draft> mixed = new LinkedHashMap<>();
  @Nullable Draft parameter;

  /** The operations whose path ends here by their methods: without a slash first, then with one. */
  final Map<String, @Nullable Operation[]> operations = new TreeMap<>();

  /** Operations of a method and a shape that another one has too. */
  final List<Operation> doubles = new ArrayList<>(0);

  /** Adds an operation, below what this is the root of. */
  void add(Operation operation) {
    Draft place = this;
    for (Segment segment : operation.path().segments()) {
      place = place.next(segment);
    }
    @Nullable Operation[] here =
        place.operations.computeIfAbsent(operation.method(), any -> new Operation[2]);
    int slash = operation.path().isSlashed() ? 1 : 0;
    if (here[slash] == null) {
      here[slash] = operation;
    } else {
      place.doubles.add(operation);
    }
  }

  private Draft next(Segment segment) {
    if (segment instanceof Literal literal) {
      return fixed.computeIfAbsent(literal, any -> new Draft());
    }
    if (segment instanceof Mixed written) {
      return mixed.computeIfAbsent(written, any -> new Draft());
    }
    if (parameter == null) {
      parameter = new Draft();
    }
    return parameter;
  }
}
