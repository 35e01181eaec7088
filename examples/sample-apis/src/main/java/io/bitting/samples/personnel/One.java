package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Fields;
import java.util.Map;
import java.util.Optional;

/** What is done to one thing. */
final class One {
  private One() {}

  static Answer create(Shelf shelf, Fields fields) {
    Map<String, JsonNode> members = fields.all(Thing.RESERVED);
    return fields.then(() ->
        shelf
            .create(Thing.merged(Map.of(), members))
            .<Answer>map(
                thing -> new Answer.Created(shelf.path() + "/" + thing.id(), shelf.shown(thing)))
            .orElseGet(One::full));
  }

  static Answer show(Shelf shelf, Thing thing) {
    return Answer.found(shelf.shown(thing));
  }

  /** Shows one member of a thing, under its name. */
  static Answer member(Shelf shelf, Thing thing, Call call) {
    return call.path().values().stream()
        .flatMap(name -> thing.members().entrySet().stream().filter(m -> m.getKey().equals(name)))
        .findFirst()
        .map(member -> Answer.found(Map.of(member.getKey(), member.getValue())))
        .orElseGet(
            () -> Answer.notFound("such member of " + Place.words(shelf.kind()), thing.id()));
  }

  /** Sets the members that are named; null takes one out. */
  static Answer merge(Shelf shelf, Thing thing, Fields fields) {
    Map<String, JsonNode> changes = fields.all(Thing.RESERVED);
    return fields.then(() -> changed(shelf, thing, Thing.merged(thing.members(), changes)));
  }

  /** Sets all members: those that are not named are gone. */
  static Answer replace(Shelf shelf, Thing thing, Fields fields) {
    Map<String, JsonNode> members = fields.all(Thing.RESERVED);
    return fields.then(() -> changed(shelf, thing, Thing.merged(Map.of(), members)));
  }

  private static Answer changed(Shelf shelf, Thing thing, Map<String, JsonNode> members) {
    Optional<Thing> changed = shelf.change(thing, members);
    return changed.map(now -> Answer.found(shelf.shown(now))).orElseGet(One::full);
  }

  static Answer delete(Shelf shelf, Thing thing, Fields fields) {
    return fields.then(() -> {
      shelf.delete(thing);
      return new Answer.Nothing();
    });
  }

  static Answer full() {
    return Answer.conflict(
        "The organization has as much as fits, "
            + Workspace.ROOM
            + " characters; delete something first.");
  }
}
