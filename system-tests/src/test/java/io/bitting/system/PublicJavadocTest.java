package io.bitting.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every public type and method of the libraries says what it is. The compiler's doclint checks what
 * comments say; its check for missing ones would also ask for a {@code @param} that repeats each
 * name, so this test asks for the comment alone.
 */
final class PublicJavadocTest {

  @Test
  void libraries_everyPublicTypeAndMethod_hasComment() throws IOException {
    List<JavaFileObject> files = new ArrayList<>();
    for (String library : List.of("core", "openapi", "jdbc", "client")) {
      try (var paths = Files.walk(Path.of("..", library, "src", "main", "java"))) {
        for (Path path : paths.filter(file -> file.toString().endsWith(".java")).toList()) {
          files.add(new Source(path.toUri(), Files.readString(path)));
        }
      }
    }

    Findings findings = read(files);

    assertThat(findings.uncommented).isEmpty();
    assertThat(findings.publicTypes).isGreaterThanOrEqualTo(30);
  }

  @Test
  void sample_uncommentedPublicParts_areFound() throws IOException {
    String source =
        """
        package sample;
        public record Outer(int part) {
          public Outer {}
          /** Said. */
          public static final int SAID = 1;
          public static Outer unsaid() { return null; }
          @Override public String toString() { return ""; }
          void hidden() {}
          /** Said. */
          public interface Inner {
            void alsoUnsaid();
          }
          static final class Hidden {
            public void invisible() {}
          }
        }
        """;

    Findings findings =
        read(List.of(new Source(URI.create("string:///sample/Outer.java"), source)));

    assertThat(findings.uncommented)
        .containsExactly("sample.Outer", "sample.Outer.unsaid", "sample.Outer.Inner.alsoUnsaid");
    assertThat(findings.publicTypes).isEqualTo(2);
  }

  private static Findings read(List<? extends JavaFileObject> files) throws IOException {
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler().getTask(null, null, null, null, null, files);
    Findings findings = new Findings(DocTrees.instance(task));
    for (CompilationUnitTree unit : task.parse()) {
      if (unit.getPackageName() != null) {
        TreePath root = new TreePath(unit);
        for (Tree type : unit.getTypeDecls()) {
          findings.visit(new TreePath(root, type), unit.getPackageName() + ".", false);
        }
      }
    }
    return findings;
  }

  private static final class Findings {
    final List<String> uncommented = new ArrayList<>();
    private final DocTrees docs;
    int publicTypes;

    Findings(DocTrees docs) {
      this.docs = docs;
    }

    void visit(TreePath path, String prefix, boolean publicByDefault) {
      switch (path.getLeaf()) {
        case ClassTree type when isPublic(type.getModifiers(), publicByDefault) -> {
          publicTypes++;
          String name = prefix + type.getSimpleName();
          require(path, name);
          boolean contract =
              type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
          for (Tree member : type.getMembers()) {
            visit(new TreePath(path, member), name + ".", contract);
          }
        }
        case MethodTree method
            when isPublic(method.getModifiers(), publicByDefault) && !isExplained(method) ->
            require(path, prefix + method.getName());
        default -> {}
      }
    }

    private void require(TreePath path, String name) {
      if (docs.getDocComment(path) == null) {
        uncommented.add(name);
      }
    }

    private static boolean isPublic(ModifiersTree modifiers, boolean byDefault) {
      return modifiers.getFlags().contains(Modifier.PUBLIC)
          || (byDefault && !modifiers.getFlags().contains(Modifier.PRIVATE));
    }

    /** An override is explained where it was declared, a record's constructor by its record. */
    private static boolean isExplained(MethodTree method) {
      return method.getReturnType() == null
          || method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
