package io.bitting.client.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param items the entries
 * @param nextCursor what to ask for the next part with; null if this is the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }
}
