package io.bitting.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.bitting.architecture.planted.Nameless;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What things are called, and that every package says what it is for. */
final class NamesTest {

  /** Names that say nothing of what a thing is. */
  private static final Pattern EMPTY_NAME =
      Pattern.compile(
          "Abstract.*|.*(Managers?|Utils?|Utilit(y|ies)|Helpers?|Impl|Base|Data|Info|DTO|Dto|Services?)");

  private static final Pattern EMPTY_PACKAGE =
      Pattern.compile(".*\\.(util|utils|common|commons|misc|helpers?)(\\..*)?");

  @Test
  void shipped_names_saySomething() {
    assertThat(emptyNames(Codebase.shipped())).isEmpty();
  }

  @Test
  void planted_emptyNames_areFound() {
    JavaClasses planted =
        Codebase.planted(
            Stream.concat(
                    Stream.of(Nameless.class.getDeclaredClasses()),
                    Stream.of(io.bitting.architecture.planted.util.Drawer.class))
                .toArray(Class<?>[]::new));

    assertThat(planted.size()).isEqualTo(13);
    assertThat(emptyNames(planted))
        .hasSize(12)
        .doesNotContain(Nameless.class.getName() + "$Base62");
  }

  private static SortedSet<String> emptyNames(JavaClasses classes) {
    SortedSet<String> empty = new TreeSet<>();
    for (JavaClass type : classes) {
      if (EMPTY_NAME.matcher(type.getSimpleName()).matches()
          || EMPTY_PACKAGE.matcher(type.getPackageName()).matches()) {
        empty.add(type.getName());
      }
    }
    return empty;
  }

  @Test
  void shipped_everyPackage_isMarkedAndExplained() throws IOException {
    List<Path> roots = new ArrayList<>();
    for (Module module : Module.SHIPPED) {
      roots.add(module.path().resolve(Path.of("src", "main", "java")));
    }

    Packages packages = Packages.below(roots);

    assertThat(packages.silent()).isEmpty();
    assertThat(packages.all()).hasSizeGreaterThanOrEqualTo(25);
  }

  @Test
  void planted_unmarkedOrUnexplainedPackages_areFound(@TempDir Path root) throws IOException {
    plant(root.resolve("bare"), "");
    plant(root.resolve("unmarked"), "/** Says what it is for. */\npackage unmarked;\n");
    plant(root.resolve("unexplained"), "@NullMarked\npackage unexplained;\n");
    plant(root.resolve("good"), "/** Says what it is for. */\n@NullMarked\npackage good;\n");

    Packages packages = Packages.below(List.of(root));

    assertThat(packages.all()).hasSize(4);
    assertThat(packages.silent())
        .containsExactlyInAnyOrder(
            root.resolve("bare"), root.resolve("unmarked"), root.resolve("unexplained"));
  }

  private static void plant(Path folder, String packageInfo) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("Thing.java"), "");
    if (!packageInfo.isEmpty()) {
      Files.writeString(folder.resolve("package-info.java"), packageInfo);
    }
  }

  /**
   * Folders with sources, and those of them that do not say what they are for, or leave nullness
   * open.
   */
  private record Packages(SortedSet<Path> all, SortedSet<Path> silent) {

    static Packages below(List<Path> roots) throws IOException {
      SortedSet<Path> all = new TreeSet<>();
      SortedSet<Path> silent = new TreeSet<>();
      for (Path root : roots) {
        try (Stream<Path> files = Files.walk(root)) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .forEach(all::add);
        }
      }
      for (Path folder : all) {
        Path file = folder.resolve("package-info.java");
        String text = Files.exists(file) ? Files.readString(file) : "";
        if (!text.startsWith("/**") || !text.contains("\n@NullMarked\n")) {
          silent.add(folder);
        }
      }
      return new Packages(all, silent);
    }
  }
}
