package io.bitting.access;

import io.bitting.scope.Scope;
import io.bitting.store.Position;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an {@link AccessRequest}: allowed, or denied with a reason. There is no third one.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Decision {

  /** Returns the position of the change sequence that the decision rests on. */
  Position asOf();

  /** Tells whether the request may go on. */
  default boolean isAllowed() {
    return this instanceof Allowed;
  }

  /**
   * The request may go on.
   *
   * @param key the key that was proved; null only if the operation is anonymous
   * @param asOf the position that the decision rests on
   */
  record Allowed(@Nullable VerifiedKey key, Position asOf) implements Decision {}

  /**
   * The request must be refused.
   *
   * @param reason why
   * @param key the key whose whole secret was proved, null if none was; only then may the caller be
   *     told more than <em>invalid</em>
   * @param required the scopes that were needed, of the alternative that is nearest to the key's;
   *     empty unless scopes decided
   * @param missing those of them that the key lacks
   * @param asOf the position that the decision rests on
   */
  record Denied(
      DenialReason reason,
      @Nullable VerifiedKey key,
      SortedSet<Scope> required,
      SortedSet<Scope> missing,
      Position asOf)
      implements Decision {
    /** Copies the sets. */
    public Denied {
      required = Collections.unmodifiableSortedSet(new TreeSet<>(required));
      missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    }

    static Denied because(DenialReason reason, @Nullable VerifiedKey key, Position asOf) {
      return new Denied(
          reason, key, Collections.emptySortedSet(), Collections.emptySortedSet(), asOf);
    }
  }
}
