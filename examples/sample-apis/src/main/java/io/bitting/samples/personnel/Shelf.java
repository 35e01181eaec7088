package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.samples.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The things that a call reaches: all of a kind, those that another thing has, or the one that
 * another thing names.
 *
 * @param workspace where they are
 * @param kind their kind
 * @param path the path that the call is for, without a thing at its end
 * @param owner the thing that has them, and as what; null if they are not had so
 * @param segment as what the owner has them; empty if there is none
 * @param reached tells which of the kind they are
 */
record Shelf(
    Workspace workspace,
    String kind,
    String path,
    Link.@Nullable End owner,
    String segment,
    Predicate<Thing> reached) {

  /** Returns what a call reaches, whose parent is there if its path has one. */
  static Shelf of(Workspace workspace, Place place, Call call) {
    String kind = place.own().kind();
    String path = place.path(call);
    String segment = place.own().segment();
    if (place.parent().isEmpty()) {
      return new Shelf(workspace, kind, path, null, "", thing -> true);
    }
    Place.Step step = place.parent().get();
    String id = call.path().getOrDefault(step.parameter(), "");
    if (place.named()) {
      String named =
          workspace.find(step.kind(), id).map(thing -> thing.text(segment + "_id")).orElse("");
      return new Shelf(workspace, kind, path, null, "", thing -> thing.id().equals(named));
    }
    Link.End owner = new Link.End(step.kind(), id);
    return new Shelf(
        workspace,
        kind,
        path,
        owner,
        segment,
        thing -> workspace.has(new Link(owner, segment, new Link.End(kind, thing.id()))));
  }

  /** Returns the link from the owner to a thing. */
  Link link(String id) {
    if (owner == null) {
      throw new IllegalStateException(path + " has things that nothing else has");
    }
    return new Link(owner, segment, new Link.End(kind, id));
  }

  List<Thing> things() {
    return workspace.all(kind).stream().filter(reached).toList();
  }

  Optional<Thing> find(String id) {
    return workspace.find(kind, id).filter(reached);
  }

  /** Finds a thing of the kind, whether it is reached or not. */
  Optional<Thing> anywhere(String id) {
    return workspace.find(kind, id);
  }

  /** Makes a thing, which the owner has; empty if it does not fit. */
  Optional<Thing> create(Map<String, JsonNode> members) {
    Optional<Thing> made = workspace.create(kind, members);
    if (made.isPresent() && owner != null && !workspace.link(link(made.get().id()), Map.of())) {
      workspace.delete(kind, made.get());
      return Optional.empty();
    }
    return made;
  }

  Optional<Thing> change(Thing thing, Map<String, JsonNode> members) {
    return workspace.change(kind, thing, members);
  }

  void delete(Thing thing) {
    workspace.delete(kind, thing);
  }

  /** Returns a thing as it is shown here. */
  Map<String, Object> shown(Thing thing) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", thing.id());
    shown.putAll(thing.members());
    shown.put("created_at", thing.createdAt());
    shown.put("updated_at", thing.updatedAt());
    if (owner != null && !workspace.pivot(link(thing.id())).isEmpty()) {
      shown.put("pivot", workspace.pivot(link(thing.id())));
    }
    return shown;
  }
}
