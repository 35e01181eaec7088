package io.bitting.usage;

import io.bitting.id.KeyId;
import java.util.List;
import java.util.Optional;

/**
 * The recorded use of a key within a window.
 *
 * @param key the key
 * @param uses one for each requirement and operation
 * @param last its last use, whenever that was
 * @param complete whether no counter of the window is known to be lost: what is not there was not
 *     called
 */
public record KeyUse(KeyId key, List<Use> uses, Optional<LastUse> last, boolean complete) {
  /** Copies the list. */
  public KeyUse {
    uses = List.copyOf(uses);
  }
}
