package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.operation.Operation;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** Documents to be read, and what is read in short words. */
final class Documents {
  private Documents() {}

  /** Returns a file of {@code src/test/resources/documents}. */
  static byte[] file(String name) {
    try (InputStream in = Documents.class.getResourceAsStream("/documents/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static ImportOptions schemes(String... names) {
    ImportOptions.Builder options = ImportOptions.builder();
    for (String name : names) {
      options.scheme(name);
    }
    return options.build();
  }

  /** Reads a document that is sound. */
  static Reading.Read sound(byte[] document, ImportOptions options) {
    Reading reading = OpenApiDocument.read(document, options);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return (Reading.Read) reading;
  }

  static Reading.Read sound(String document, ImportOptions options) {
    return sound(bytes(document), options);
  }

  static Reading.Read sound(String document) {
    return sound(document, ImportOptions.ofDefaults());
  }

  /** Reads a document that is broken, and returns its faults: line, code, pointer. */
  static List<String> faults(byte[] document, ImportOptions options) {
    Reading reading = OpenApiDocument.read(document, options);
    assertThat(reading).isInstanceOf(Reading.Broken.class);
    List<String> faults = new ArrayList<>();
    for (DocumentFault fault : ((Reading.Broken) reading).faults()) {
      assertThat(fault.message()).isNotBlank().doesNotContain("\n");
      assertThat(fault.fix()).isNotBlank();
      faults.add(fault.line() + " " + fault.code().code() + " " + fault.pointer());
    }
    return faults;
  }

  static List<String> faults(String document, ImportOptions options) {
    return faults(bytes(document), options);
  }

  static List<String> faults(String document) {
    return faults(document, ImportOptions.ofDefaults());
  }

  /** Returns what each operation requires, by its name. */
  static Map<String, String> requirements(Reading.Read read) {
    Map<String, String> requirements = new LinkedHashMap<>();
    for (Operation operation : read.operations()) {
      requirements.put(operation.name(), words(operation.requirement()));
    }
    assertThat(requirements).hasSize(read.operations().size());
    return requirements;
  }

  /** Returns the notes of one kind: the operation that each is about, or else its place. */
  static List<String> notes(Reading.Read read, DocumentNote.Code code) {
    return read.notes().stream()
        .filter(note -> note.code() == code)
        .map(note -> note.operation().isEmpty() ? note.pointer() : note.operation())
        .toList();
  }

  static String words(Requirement requirement) {
    if (requirement instanceof Requirement.Scopes scopes) {
      List<String> alternatives = new ArrayList<>();
      for (SortedSet<Scope> alternative : scopes.alternatives()) {
        alternatives.add(
            String.join(" & ", new TreeSet<>(alternative).stream().map(Scope::text).toList()));
      }
      return String.join(" | ", alternatives);
    }
    if (requirement instanceof Requirement.AnyValidKey) {
      return "any valid key";
    }
    return requirement instanceof Requirement.Anonymous ? "anonymous" : "undeclared";
  }
}
