package io.bitting.samples.personnel;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import java.util.HashMap;
import java.util.Map;

/**
 * What can be done, by what an operation says: its method, and the word at the end of its path if
 * it has one. To things, or to one of them.
 */
final class Deed {
  /** Done to all that a call reaches. */
  interface ToAll {
    Answer answer(Shelf shelf, Call call);
  }

  /** Done to one of the things that a call reaches. */
  interface ToOne {
    Answer answer(Shelf shelf, Thing thing, Call call);
  }

  static final Map<String, ToAll> TO_ALL = toAll();
  static final Map<String, ToOne> TO_ONE = toOne();

  private Deed() {}

  private static Map<String, ToAll> toAll() {
    Map<String, ToAll> deeds = new HashMap<>();
    deeds.put("GET", Many::list);
    deeds.put("POST search", Many::search);
    deeds.put("POST", (shelf, call) -> One.create(shelf, call.fields()));
    deeds.put("POST batch", Batch::create);
    deeds.put("PATCH batch", Batch::merge);
    deeds.put("DELETE batch", Batch::delete);
    deeds.put("POST attach", Relation::attach);
    deeds.put("DELETE detach", Relation::detach);
    deeds.put("PATCH sync", Relation::sync);
    deeds.put("PATCH toggle", Relation::toggle);
    deeds.put("POST associate", Relation::associate);
    return Map.copyOf(deeds);
  }

  private static Map<String, ToOne> toOne() {
    Map<String, ToOne> deeds = new HashMap<>();
    deeds.put("GET", (shelf, thing, call) -> One.show(shelf, thing));
    deeds.put("GET member", One::member);
    deeds.put("PATCH", (shelf, thing, call) -> One.merge(shelf, thing, call.fields()));
    deeds.put("PUT", (shelf, thing, call) -> One.replace(shelf, thing, call.fields()));
    deeds.put("DELETE", (shelf, thing, call) -> One.delete(shelf, thing, call.fields()));
    deeds.put("PATCH pivot", Relation::pivot);
    deeds.put("DELETE dissociate", Relation::dissociate);
    return Map.copyOf(deeds);
  }
}
