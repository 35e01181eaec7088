package io.bitting.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.bitting.architecture.planted.Misnamed;
import io.bitting.server.BittingServer;
import io.bitting.server.TestServer;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.HttpEdge;
import io.bitting.server.http.Routes;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every endpoint that was written is served, under the name of its class. */
final class EndpointsTest {

  @Test
  void endpoints_ofServer_areWiredAndNamedByTheirOperation() throws IllegalAccessException {
    try (TestServer running = TestServer.start()) {
      HttpEdge edge = part(running.server(), BittingServer.class, HttpEdge.class);
      List<Endpoint> wired = part(edge, HttpEdge.class, Routes.class).endpoints();
      SortedSet<String> written = implementations(Codebase.of(Module.SERVER));

      assertThat(written).hasSizeGreaterThanOrEqualTo(20);
      assertThat(faults(written, wired)).isEmpty();
    }
  }

  @Test
  void endpoints_notWiredOrMisnamed_areFound() {
    SortedSet<String> written =
        implementations(
            Codebase.planted(Misnamed.class, Misnamed.LockKey.class, Misnamed.KeyThings.class));

    assertThat(faults(written, List.of(new Misnamed.KeyThings(), Misnamed.ToggleKey.on())))
        .containsExactly(
            Misnamed.LockKey.class.getName() + " is not wired",
            "makeKey is served by " + Misnamed.KeyThings.class.getName());
  }

  private static List<String> faults(
      Collection<String> written, Collection<? extends Endpoint> wired) {
    List<String> faults = new ArrayList<>();
    SortedSet<String> served = new TreeSet<>();
    wired.forEach(endpoint -> served.add(endpoint.getClass().getName()));
    written.stream()
        .filter(type -> !served.contains(type))
        .forEach(type -> faults.add(type + " is not wired"));
    for (Endpoint endpoint : wired) {
      String operation = endpoint.route().operationId();
      if (!isNamedBy(endpoint.getClass(), operation)) {
        faults.add(operation + " is served by " + endpoint.getClass().getName());
      }
    }
    return faults;
  }

  /**
   * Tells whether a class has the name of its operation, verb and noun; or, where a class serves
   * several operations of one form, whether it has a factory for the verb and a name with the noun.
   */
  private static boolean isNamedBy(Class<?> type, String operation) {
    String name = type.getSimpleName();
    return operation.equals(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
        || Arrays.stream(type.getDeclaredMethods())
            .filter(method ->
                Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type)
            .map(Method::getName)
            .anyMatch(verb ->
                operation.startsWith(verb) && name.contains(operation.substring(verb.length())));
  }

  private static SortedSet<String> implementations(JavaClasses classes) {
    SortedSet<String> implementations = new TreeSet<>();
    for (JavaClass type : classes) {
      boolean concrete =
          !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT);
      if (concrete && type.isAssignableTo(Endpoint.class)) {
        implementations.add(type.getName());
      }
    }
    return implementations;
  }

  /** Looks into an object: what is wired is nobody's business but this rule's. */
  private static <T> T part(Object whole, Class<?> type, Class<T> kind)
      throws IllegalAccessException {
    for (Field field : type.getDeclaredFields()) {
      if (field.getType() == kind) {
        field.setAccessible(true);
        return kind.cast(field.get(whole));
      }
    }
    throw new AssertionError(type + " has no " + kind);
  }
}
