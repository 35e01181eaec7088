package io.bitting.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The compiled classes, read once, and the ways in which a rule is held against them. */
final class Codebase {
  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .importPaths(
              Module.SHIPPED.stream()
                  .map(module -> module.path().resolve(Path.of("target", "classes")))
                  .toList());

  private static final Map<Module, JavaClasses> BY_MODULE = new EnumMap<>(Module.class);

  static {
    for (Module module : Module.SHIPPED) {
      BY_MODULE.put(
          module,
          SHIPPED.that(
              DescribedPredicate.describe(
                  "are in " + module, type -> Module.of(type).equals(Optional.of(module)))));
    }
  }

  private Codebase() {}

  /** Returns all classes that users get. */
  static JavaClasses shipped() {
    for (Module module : Module.SHIPPED) {
      of(module);
    }
    return SHIPPED;
  }

  /** Returns the classes of one module, which are as many as it is known to have at least. */
  static JavaClasses of(Module module) {
    JavaClasses classes = BY_MODULE.get(module);
    assertThat(classes.size())
        .as("classes of %s", module)
        .isGreaterThanOrEqualTo(module.classesMin());
    return classes;
  }

  /** Reads planted classes. */
  static JavaClasses planted(Class<?>... planted) {
    return new ClassFileImporter().importClasses(planted);
  }

  /** Requires that a rule finds something in each of some planted classes, looked at alone. */
  static void assertFinds(ArchRule rule, Class<?>... planted) {
    for (Class<?> each : planted) {
      EvaluationResult result = rule.evaluate(planted(each));
      assertThat(result.hasViolation()).as("%s finds %s", rule.getDescription(), each).isTrue();
    }
  }

  /**
   * Returns the outermost classes that call or refer to a method or constructor, at most once each.
   */
  static SortedSet<String> usersOf(JavaClasses classes, Class<?> owner, String member) {
    SortedSet<String> users = new TreeSet<>();
    for (JavaClass type : classes) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        boolean meant =
            access.getTarget().getName().equals(member)
                && access.getTargetOwner().isAssignableTo(owner)
                && !outermost(type).equals(outermost(access.getTargetOwner()));
        if (meant) {
          users.add(outermost(type));
        }
      }
    }
    return users;
  }

  /** Returns the name of the class in whose file a class is. */
  static String outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer.getName();
  }

  static List<String> names(Collection<Class<?>> types) {
    return types.stream().map(Class::getName).toList();
  }
}
