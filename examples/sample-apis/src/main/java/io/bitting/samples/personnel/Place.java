package io.bitting.samples.personnel;

import io.bitting.samples.Call;
import java.util.Optional;

/**
 * Where a path points: to all things of a kind, to those that another thing has, or to one of them.
 *
 * @param parent the thing that has them; empty if the path is of all
 * @param own the things
 * @param word what the path says beside its method, {@code sync}; empty if nothing
 * @param named whether the parent has the one thing that its member {@code <segment>_id} names, and
 *     nothing is attached to it: {@code /users/{user}/rank/{rank}}
 */
record Place(Optional<Step> parent, Step own, String word, boolean named) {
  /**
   * A step of a path.
   *
   * @param segment as it is written, {@code award-records}
   * @param kind the kind of things, {@code award_record}
   * @param parameter the name of the parameter for one of them; empty if it stands for all
   */
  record Step(String segment, String kind, String parameter) {}

  /** Tells whether it points to one thing. */
  boolean isOne() {
    return !own.parameter().isEmpty();
  }

  /** Returns the path of the collection that a call is for. */
  String path(Call call) {
    String above =
        parent
            .map(step -> "/" + step.segment() + "/" + call.path().get(step.parameter()))
            .orElse("");
    return above + "/" + own.segment();
  }

  /** Returns what a thing of a kind is called in a sentence. */
  static String words(String kind) {
    return kind.replace('_', ' ');
  }
}
