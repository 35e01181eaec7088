package io.bitting.samples.personnel;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.OperationRouter.Served;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How each operation of the document is served: by what its method and its path say. */
final class Table {
  private Table() {}

  /**
   * Finds a deed for each operation.
   *
   * @throws IllegalStateException if the document has an operation of another shape
   */
  static Map<String, Served<Workspace>> of(Document document, Layout layout) {
    Map<String, Served<Workspace>> table = new HashMap<>(Apart.SERVED);
    for (Document.Documented operation : document.operations()) {
      Optional<Place> place = layout.place(operation.template());
      if (place.isPresent()) {
        table.put(operation.toString(), served(operation, place.get()));
      }
    }
    return table;
  }

  private static Served<Workspace> served(Document.Documented operation, Place place) {
    String said = (operation.method() + " " + place.word()).strip();
    Deed.ToAll toAll = Deed.TO_ALL.get(said);
    Deed.ToOne toOne = Deed.TO_ONE.get(said);
    if (place.isOne() ? toOne == null : toAll == null) {
      throw new IllegalStateException(operation + " says nothing that this API can do");
    }
    return new Served<>(
        !place.isOne() && said.equals("GET") ? Page.QUERY : Page.NO_QUERY,
        (workspace, call) -> {
          Optional<Place.Step> orphan =
              place.parent().filter(parent -> found(workspace, parent, call).isEmpty());
          if (orphan.isPresent()) {
            return missing(orphan.get(), call);
          }
          Shelf shelf = Shelf.of(workspace, place, call);
          if (toAll != null && !place.isOne()) {
            return toAll.answer(shelf, call);
          }
          return shelf
              .find(call.path().getOrDefault(place.own().parameter(), ""))
              .map(thing -> Objects.requireNonNull(toOne).answer(shelf, thing, call))
              .orElseGet(() -> missing(place.own(), call));
        });
  }

  private static Optional<Thing> found(Workspace workspace, Place.Step step, Call call) {
    return workspace.find(step.kind(), call.path().getOrDefault(step.parameter(), ""));
  }

  private static Answer missing(Place.Step step, Call call) {
    return Answer.notFound(
        Place.words(step.kind()), call.path().getOrDefault(step.parameter(), ""));
  }
}
