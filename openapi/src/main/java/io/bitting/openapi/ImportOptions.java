package io.bitting.openapi;

import io.bitting.operation.PathTemplate;
import io.bitting.scope.Catalog;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a document does not say about itself. Each option left out is the strict choice.
 *
 * <p>Immutable and thread-safe.
 */
public final class ImportOptions {
  private final Set<String> schemes;
  private final Set<String> anyOfOperations;
  private final boolean anyOfEverywhere;
  private final Optional<String> basePath;
  private final Optional<Catalog> catalog;

  private ImportOptions(Builder builder) {
    this.schemes = Collections.unmodifiableSet(new LinkedHashSet<>(builder.schemes));
    this.anyOfOperations =
        Collections.unmodifiableSet(new LinkedHashSet<>(builder.anyOfOperations));
    this.anyOfEverywhere = builder.anyOfEverywhere;
    this.basePath = builder.basePath;
    this.catalog = builder.catalog;
  }

  /** Returns the options of one who says nothing. */
  public static ImportOptions ofDefaults() {
    return builder().build();
  }

  /** Returns a builder in which nothing is said. */
  public static Builder builder() {
    return new Builder();
  }

  Set<String> schemes() {
    return schemes;
  }

  Set<String> anyOfOperations() {
    return anyOfOperations;
  }

  boolean anyOfEverywhere() {
    return anyOfEverywhere;
  }

  Optional<String> basePath() {
    return basePath;
  }

  Optional<Catalog> catalog() {
    return catalog;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private final Set<String> schemes = new LinkedHashSet<>();
    private final Set<String> anyOfOperations = new LinkedHashSet<>();
    private boolean anyOfEverywhere;
    private Optional<String> basePath = Optional.empty();
    private Optional<Catalog> catalog = Optional.empty();

    private Builder() {}

    /**
     * Says that a key stands for a security scheme of the document, besides others named before.
     * Without any, a key stands for the only scheme that the document has; if it has several, that
     * is a fault.
     *
     * @param name the scheme's name in the document
     */
    public Builder scheme(String name) {
      schemes.add(name);
      return this;
    }

    /**
     * Says that of several scopes in one list any one will do in an operation, although the format
     * means all of them. Each operation that this changes has a note. Without it, all are required.
     *
     * @param name an {@code operationId}, or {@code METHOD /path} with the path as the document has
     *     it; a fault if the document has no such operation, or several
     */
    public Builder anyOf(String name) {
      anyOfOperations.add(name);
      return this;
    }

    /** Says so of every operation. */
    public Builder anyOfEverywhere() {
      anyOfEverywhere = true;
      return this;
    }

    /**
     * Gives the base path of all operations, in place of those of the document's servers.
     *
     * @param path begins with a slash; {@code /} is no base path
     * @throws IllegalArgumentException if it is no path, or has parameters
     */
    public Builder basePath(String path) {
      String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      Optional<String> fault =
          !path.startsWith("/") || base.contains("{")
              ? Optional.of(
                  "base path "
                      + Sentence.quoted(path)
                      + " does not begin with a slash, or has a parameter; give / for none")
              : PathTemplate.fault(base + "/x");
      if (fault.isPresent()) {
        throw new IllegalArgumentException(fault.get());
      }
      basePath = Optional.of(base);
      return this;
    }

    /**
     * Gives the catalog that the scopes are compared with. Without it, no note says what it lacks.
     *
     * @param catalog the catalog of the API
     */
    public Builder catalog(Catalog catalog) {
      this.catalog = Optional.of(catalog);
      return this;
    }

    /** Returns the options. */
    public ImportOptions build() {
      return new ImportOptions(this);
    }
  }
}
