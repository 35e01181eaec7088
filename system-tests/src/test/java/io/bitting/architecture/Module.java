package io.bitting.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The modules, and which of them each may use. Every arrow that is not here is a mistake. */
enum Module {
  CORE("core", 100),
  OPENAPI("openapi", 25, CORE),
  JDBC("jdbc", 40, CORE),
  CLIENT("client", 40, CORE),
  SERVER("server", 130, CORE, OPENAPI, JDBC, CLIENT),
  SAMPLES("examples/sample-apis", 35, CORE),
  CLI("cli", 70, CORE, CLIENT, SERVER, SAMPLES),
  BENCHMARKS("benchmarks", 0, CORE, JDBC, CLIENT, SERVER, SAMPLES),
  SYSTEM_TESTS("system-tests", 0, CORE, OPENAPI, JDBC, CLIENT, SERVER, SAMPLES, CLI);

  /** What users get; the rest measures and tests. */
  static final Set<Module> SHIPPED = EnumSet.of(CORE, OPENAPI, JDBC, CLIENT, SERVER, SAMPLES, CLI);

  private final String folder;
  private final int classesMin;
  private final Set<Module> uses;

  Module(String folder, int classesMin, Module... uses) {
    this.folder = folder;
    this.classesMin = classesMin;
    this.uses = Set.copyOf(Arrays.asList(uses));
  }

  /** Returns its folder, from the folder of these tests. */
  Path path() {
    return Path.of("..").resolve(folder);
  }

  String folder() {
    return folder;
  }

  /** Returns its artifact. */
  String artifact() {
    return "bitting-" + Path.of(folder).getFileName();
  }

  /** Returns how many classes it has at least: with fewer, a rule has not looked at it. */
  int classesMin() {
    return classesMin;
  }

  boolean mayUse(Module other) {
    return this == other || uses.contains(other);
  }

  /** Finds the module that a class was compiled in, whether it was read from a folder or a jar. */
  static Optional<Module> of(JavaClass type) {
    JavaClass element = type.getBaseComponentType();
    if (!element.getPackageName().startsWith("io.bitting.")) {
      return Optional.empty();
    }
    String place = element.getSource().map(source -> source.getUri().toString()).orElse("");
    // A copy beside the command line, in cli/target/lib, is of the module that its name says.
    Optional<Module> named =
        List.of(values()).stream()
            .filter(module -> place.contains("/" + module.artifact() + "-"))
            .findFirst();
    return named.or(() ->
        List.of(values()).stream()
            .filter(module -> place.contains("/" + module.folder + "/target/"))
            .findFirst());
  }
}
