package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Does to several things what is done to one. What cannot be done to one of them keeps nothing from
 * the others; the answer says of each what a call for it alone would have.
 */
final class Batch {
  private Batch() {}

  static Answer create(Shelf shelf, Call call) {
    List<ObjectNode> objects = Bodies.objects(call.fields());
    return call.fields()
        .then(() ->
            results(
                objects.stream()
                    .map(object -> result(One.create(shelf, new Fields(object))))
                    .toList()));
  }

  static Answer merge(Shelf shelf, Call call) {
    Map<String, ObjectNode> changes = Bodies.byId(call.fields(), 1);
    return call.fields()
        .then(() ->
            results(
                changes.entrySet().stream()
                    .map(change ->
                        result(
                            shelf,
                            change.getKey(),
                            thing -> One.merge(shelf, thing, new Fields(change.getValue()))))
                    .toList()));
  }

  static Answer delete(Shelf shelf, Call call) {
    Set<String> ids = Bodies.ids(call.fields(), 1);
    return call.fields()
        .then(() ->
            results(
                ids.stream()
                    .map(id ->
                        result(
                            shelf,
                            id,
                            thing -> {
                              shelf.delete(thing);
                              return new Answer.Nothing();
                            }))
                    .toList()));
  }

  private static Answer results(List<Map<String, Object>> results) {
    return Answer.found("results", results);
  }

  private static Map<String, Object> result(
      Shelf shelf, String id, Function<Thing, Answer> action) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("id", id);
    result.putAll(
        result(
            shelf
                .find(id)
                .map(action)
                .orElseGet(() -> Answer.notFound(Place.words(shelf.kind()), id))));
    return result;
  }

  private static Map<String, Object> result(Answer answer) {
    Map<String, Object> result = new LinkedHashMap<>();
    switch (answer) {
      case Answer.Created(String path, Object body) -> {
        result.put("status", 201);
        result.put("resource", body);
      }
      case Answer.Found(Object body) -> {
        result.put("status", 200);
        result.put("resource", body);
      }
      case Answer.Problem problem -> {
        result.put("status", problem.code().status());
        result.put("code", problem.code().code());
        result.put("detail", problem.detail());
        result.put("faults", problem.faults());
      }
      case Answer.Nothing ignored -> result.put("status", 204);
      case Answer.Download ignored -> throw new IllegalStateException("no thing has content");
      case Answer.Later ignored -> throw new IllegalStateException("nothing is waited for");
    }
    return result;
  }
}
