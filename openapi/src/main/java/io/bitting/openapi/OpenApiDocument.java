package io.bitting.openapi;

import io.bitting.openapi.OperationsReader.Found;
import io.bitting.operation.Operation;
import io.bitting.scope.Scope;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads the description of an API: OpenAPI 3.0 or 3.1, or Swagger 2.0, as YAML or JSON, in UTF-8.
 *
 * <p>What an operation requires is what its {@code security} says, or the document's where it has
 * none of its own; and besides, in every alternative, the scopes of {@code x-required-scopes} and
 * {@code x-required-scope}, the operation's own or else its path's or else the document's:
 *
 * <ul>
 *   <li>The objects in the list are alternatives; the schemes within one are needed together, and
 *       so are the scopes in one array, whatever the type of the scheme. {@link
 *       ImportOptions.Builder#anyOf} changes the last of these, and nothing else does.
 *   <li>{@code [{"key": []}]}, for a scheme that a key stands for, is any valid key.
 *   <li>{@code []}, or {@code {}} as an alternative, is no key at all; but if scopes are required
 *       besides, they stay required.
 *   <li>An alternative with a scheme that no key stands for is left out as a whole. If no
 *       alternative is left, or nobody says anything, the operation is undeclared, and denied.
 *   <li>A scheme without scopes, as an alternative to another scheme with scopes, is left out, too,
 *       whether or not a key stands for the other: a format in which a scheme can have no scopes
 *       does not say that any key will do. If a key stands for both, the scopes are required.
 * </ul>
 *
 * <p>Each operation stands under each base path that its servers have. References are followed from
 * one path to another, and to security schemes; others are not looked at.
 *
 * <p><b>Security guarantees.</b> Nothing is fetched and no file is opened, and no type that the
 * document names is made. An operation requires at least what the document says, or is denied: what
 * is malformed, misplaced, misspelled or ambiguous refuses the whole document, and only an explicit
 * {@code []} or {@code {}} makes an operation anonymous. Time and memory are bounded by the limits
 * below, for every document. What is not checked: whether the document tells the truth about the
 * API, and whether it is valid in whatever does not bear on its operations.
 *
 * <p>Thread-safe: stateless.
 */
public final class OpenApiDocument {
  /** The greatest length of a document, in bytes. */
  public static final int BYTES_MAX = 8 << 20;

  /** The greatest length of a line of YAML, in characters; JSON may stand in one line. */
  public static final int LINE_LENGTH_MAX = 1 << 17;

  /** The greatest number of lists and objects within each other. */
  public static final int DEPTH_MAX = 200;

  /** The greatest number of lists, objects, texts and other values. */
  public static final int VALUES_MAX = 1_000_000;

  /** The greatest number of operations, each under each of its base paths. */
  public static final int OPERATIONS_MAX = 10_000;

  /** The greatest number of alternatives, of scopes in one array, and of servers. */
  public static final int LIST_MAX = 100;

  private OpenApiDocument() {}

  /**
   * Reads a document. Takes seconds for the largest, on the calling thread.
   *
   * @param document any bytes; JSON if the first character is a brace, else YAML
   * @param options what the document does not say
   * @return what it says, or every fault; never both
   */
  public static Reading read(byte[] document, ImportOptions options) {
    Faults faults = new Faults();
    try {
      Optional<Reading> read = read(Part.root(Tree.read(document, faults)), options, faults);
      if (read.isPresent()) {
        return read.get();
      }
    } catch (UnreadableException e) {
      faults.add(e.fault());
    }
    return new Reading.Broken(faults.inOrder());
  }

  private static Optional<Reading> read(Part root, ImportOptions options, Faults faults) {
    if (!root.isMapping()) {
      faults.addWrongType(
          root, "the document", "an object", "describe an API in it: openapi, info, paths");
      return Optional.empty();
    }
    Optional<Version> version = Version.of(root, faults);
    if (version.isEmpty()) {
      return Optional.empty();
    }
    Notes notes = new Notes();
    References references = new References(root, faults);
    Schemes schemes = Schemes.read(root, version.get(), options, references, faults);
    List<Found> found =
        new OperationsReader(
                options,
                references,
                new SecurityReader(schemes, faults, notes),
                new Servers(options, faults, notes),
                faults,
                notes)
            .read(root, version.get());
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<Scope, String> scopes = Review.look(root, found, options, schemes.described(), notes);
    List<Operation> operations = found.stream().map(Found::operation).toList();
    return Optional.of(
        new Reading.Read(
            info(root, "title"), info(root, "version"), operations, scopes, notes.inOrder()));
  }

  private static String info(Part root, String name) {
    return root.member("info")
        .flatMap(info -> info.member(name))
        .flatMap(Part::words)
        .map(Sentence::line)
        .orElse("");
  }
}
