package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least grant that would have been enough for what a key was used for.
 *
 * @param key the key's id
 * @param from where the window of recorded use begins
 * @param until where it ends
 * @param complete whether no counter of the window is known to be lost
 * @param outcome {@code narrower}, {@code fits}, {@code nothing_needed}, {@code doubtful} or {@code
 *     out_of_reach}
 * @param offered whether the grant is proposed: it would have been enough, and the window is whole
 * @param words the outcome in a sentence
 * @param calls how many recorded calls it rests on
 * @param grant the grant; null if there is none
 * @param dropped the scopes that count for the key and would not under that grant
 * @param outOfReach what no new key within the grant of this one could do
 */
public record RightSizeAnswer(
    String key,
    Instant from,
    Instant until,
    boolean complete,
    String outcome,
    boolean offered,
    String words,
    long calls,
    @Nullable ProposedGrant grant,
    List<String> dropped,
    List<RecordedUse> outOfReach) {
  /** Copies the lists. */
  public RightSizeAnswer {
    dropped = List.copyOf(dropped);
    outOfReach = List.copyOf(outOfReach);
  }

  /**
   * A grant for another key.
   *
   * @param api the API
   * @param scopes its scopes
   * @param reach how far it would issue and verify; null if it would do neither
   */
  public record ProposedGrant(String api, List<String> scopes, @Nullable ReachForm reach) {
    /** Copies the list. */
    public ProposedGrant {
      scopes = List.copyOf(scopes);
    }
  }
}
