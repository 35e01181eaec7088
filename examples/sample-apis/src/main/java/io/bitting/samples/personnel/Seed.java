package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every organization starts with: two things of each kind, and the first has the first. */
final class Seed {
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "user", List.of("Ada Lovelace", "Grace Hopper"),
          "group", List.of("Headquarters", "Field"),
          "unit", List.of("First Company", "Second Company"),
          "rank", List.of("Private", "Sergeant"),
          "award", List.of("Medal of Merit", "Long Service Ribbon"),
          "newsfeed", List.of("Welcome", "New ranks"));

  private Seed() {}

  static Workspace workspace(Layout layout, Clock clock) {
    Workspace workspace = new Workspace(clock);
    for (String kind : layout.kinds()) {
      for (int number = 1; number <= 2; number++) {
        workspace.create(kind, Map.of("name", TextNode.valueOf(name(kind, number))));
      }
    }
    for (Place place : layout.places()) {
      place.parent().ifPresent(parent -> give(workspace, parent, place));
    }
    return workspace;
  }

  private static String name(String kind, int number) {
    List<String> names = NAMES.get(kind);
    String words = Place.words(kind);
    return names == null
        ? Character.toUpperCase(words.charAt(0)) + words.substring(1) + " " + number
        : names.get(number - 1);
  }

  /** Gives the first of the parents the first of the things that it can have. */
  private static void give(Workspace workspace, Place.Step parent, Place place) {
    if (place.named()) {
      Optional<Thing> first = workspace.find(parent.kind(), "1");
      first.ifPresent(thing -> {
        Map<String, JsonNode> members = new LinkedHashMap<>(thing.members());
        members.put(place.own().segment() + "_id", TextNode.valueOf("1"));
        workspace.change(parent.kind(), thing, members);
      });
    } else {
      workspace.link(
          new Link(
              new Link.End(parent.kind(), "1"),
              place.own().segment(),
              new Link.End(place.own().kind(), "1")),
          Map.of());
    }
  }
}
