package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is done to which things another one has. All of it is done, or nothing; the things
 * themselves stay what they are.
 */
final class Relation {
  private Relation() {}

  /** Gives the owner things, beside those that it has. */
  static Answer attach(Shelf shelf, Call call) {
    Map<String, Map<String, JsonNode>> links = Bodies.links(call.fields(), 1);
    return whenThere(
        shelf,
        call.fields(),
        links,
        () -> {
          List<String> attached = link(shelf, links);
          return Answer.found(Map.of("attached", attached));
        });
  }

  /** Takes things from the owner; those that it does not have are left out of the answer. */
  static Answer detach(Shelf shelf, Call call) {
    Set<String> ids = Bodies.ids(call.fields(), 1);
    return call.fields().then(() -> Answer.found(Map.of("detached", unlink(shelf, ids))));
  }

  /** Gives the owner these things and no others. */
  static Answer sync(Shelf shelf, Call call) {
    Map<String, Map<String, JsonNode>> links = Bodies.links(call.fields(), 0);
    return whenThere(
        shelf,
        call.fields(),
        links,
        () -> {
          List<String> others = new ArrayList<>();
          for (Thing thing : shelf.things()) {
            if (!links.containsKey(thing.id())) {
              others.add(thing.id());
            }
          }
          List<String> detached = unlink(shelf, others);
          return changed(link(shelf, links), detached);
        });
  }

  /** Gives the owner those of these things that it does not have, and takes the others from it. */
  static Answer toggle(Shelf shelf, Call call) {
    Map<String, Map<String, JsonNode>> links = Bodies.links(call.fields(), 1);
    return whenThere(
        shelf,
        call.fields(),
        links,
        () -> {
          List<String> detached = unlink(shelf, links.keySet());
          detached.forEach(links::remove);
          return changed(link(shelf, links), detached);
        });
  }

  /** Notes something beside the link of owner and thing. */
  static Answer pivot(Shelf shelf, Thing thing, Call call) {
    Map<String, JsonNode> changes = call.fields().all(Set.of());
    return call.fields()
        .then(() -> {
          Link link = shelf.link(thing.id());
          Map<String, JsonNode> pivot = Thing.merged(shelf.workspace().pivot(link), changes);
          return shelf.workspace().link(link, pivot)
              ? Answer.found(shelf.shown(thing))
              : One.full();
        });
  }

  /** Gives the owner a thing, which nothing else has so from then on. */
  static Answer associate(Shelf shelf, Call call) {
    String id = call.fields().line("id", 20);
    Optional<Thing> thing = shelf.anywhere(id);
    if (thing.isEmpty()) {
      fault(call.fields(), "id", shelf, id);
    }
    return call.fields()
        .then(() -> {
          Link link = shelf.link(id);
          shelf
              .workspace()
              .unlink(other ->
                  other.to().equals(link.to())
                      && other.segment().equals(link.segment())
                      && other.from().kind().equals(link.from().kind()));
          return shelf.workspace().link(link, Map.of())
              ? Answer.found(shelf.shown(thing.orElseThrow()))
              : One.full();
        });
  }

  /** Takes a thing from the owner. */
  static Answer dissociate(Shelf shelf, Thing thing, Call call) {
    return call.fields()
        .then(() -> {
          unlink(shelf, Set.of(thing.id()));
          return Answer.found(shelf.shown(thing));
        });
  }

  private static Answer whenThere(
      Shelf shelf,
      Fields fields,
      Map<String, Map<String, JsonNode>> links,
      Supplier<Answer> action) {
    for (String id : links.keySet()) {
      if (shelf.anywhere(id).isEmpty()) {
        fault(fields, "resources", shelf, id);
      }
    }
    return fields.then(
        () -> shelf.workspace().fits(links.size(), links.values()) ? action.get() : One.full());
  }

  private static void fault(Fields fields, String name, Shelf shelf, String id) {
    fields.fault(
        name,
        "value_out_of_range",
        "there is no " + Place.words(shelf.kind()) + " \"" + id + "\"",
        "send the id of one that is there");
  }

  /** Links the owner with things, and returns those that it did not have. */
  private static List<String> link(Shelf shelf, Map<String, Map<String, JsonNode>> links) {
    List<String> added = new ArrayList<>();
    links.forEach((id, pivot) -> {
      Link link = shelf.link(id);
      if (!shelf.workspace().has(link)) {
        added.add(id);
      }
      shelf.workspace().link(link, Thing.merged(shelf.workspace().pivot(link), pivot));
    });
    return added;
  }

  /** Takes things from the owner, and returns those that it had. */
  private static List<String> unlink(Shelf shelf, Iterable<String> ids) {
    Map<Link, String> had = new LinkedHashMap<>();
    for (String id : ids) {
      if (shelf.workspace().has(shelf.link(id))) {
        had.put(shelf.link(id), id);
      }
    }
    shelf.workspace().unlink(had::containsKey);
    return List.copyOf(had.values());
  }

  private static Answer changed(List<String> attached, List<String> detached) {
    Map<String, Object> changed = new LinkedHashMap<>();
    changed.put("attached", attached);
    changed.put("detached", detached);
    return Answer.found(changed);
  }
}
