package io.bitting.client.protocol;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a record that was read has what its type promises, so that nobody meets a null
 * where the type has none.
 */
final class Presence {

  /** The components of a record type and which of them may be null. */
  private record Shape(List<RecordComponent> components, List<Boolean> nullable) {}

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          List<RecordComponent> components = Arrays.asList(type.getRecordComponents());
          return new Shape(
              components,
              components.stream()
                  .map(
                      component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                  .toList());
        }
      };

  private Presence() {}

  /**
   * Checks a value and whatever it holds.
   *
   * @throws IllegalArgumentException naming the member that is missing
   */
  static void check(Object value) {
    if (value instanceof List<?> list) {
      list.forEach(Presence::check);
    } else if (value.getClass().isRecord()
        && value.getClass().getPackage().equals(Presence.class.getPackage())) {
      checkRecord(value);
    }
  }

  private static void checkRecord(Object value) {
    Shape shape = SHAPES.get(value.getClass());
    for (int i = 0; i < shape.components().size(); i++) {
      RecordComponent component = shape.components().get(i);
      Object member = read(component, value);
      if (member != null) {
        check(member);
      } else if (!shape.nullable().get(i)) {
        throw new IllegalArgumentException(
            "the text has no \""
                + component.getName()
                + "\" where a "
                + value.getClass().getSimpleName()
                + " was expected");
      }
    }
  }

  private static @Nullable Object read(RecordComponent component, Object value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          "a public record has an accessor that cannot be called: " + component, e);
    }
  }
}
