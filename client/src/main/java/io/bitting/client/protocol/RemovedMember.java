package io.bitting.client.protocol;

import java.util.List;

/**
 * A member that is none any more, and what is left of it.
 *
 * @param member the member as it was
 * @param keys the ids of keys that the member made and that are not revoked: to be decided about
 * @param moreKeys whether there are more of them, which a list of keys has by their maker
 */
public record RemovedMember(MemberAnswer member, List<String> keys, boolean moreKeys) {
  /** Copies the list. */
  public RemovedMember {
    keys = List.copyOf(keys);
  }
}
