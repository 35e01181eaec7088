package io.bitting.client.protocol;

import java.util.List;

/**
 * How an API's operations and its catalog fit together.
 *
 * @param api the API
 * @param version the version of its operations; 0 if there are none
 * @param complete whether nothing is amiss: no operation undeclared or asking for an unknown scope,
 *     and no scope that guards nothing
 * @param operations the operations in the order of their description
 * @param undeclared operations of which nobody says what they require
 * @param unknownScopes scopes that are required and that the catalog does not have
 * @param unusedScopes scopes of the catalog that no operation requires
 */
public record CoverageAnswer(
    String api,
    long version,
    boolean complete,
    List<OperationAnswer> operations,
    List<String> undeclared,
    List<String> unknownScopes,
    List<String> unusedScopes) {
  /** Copies the lists. */
  public CoverageAnswer {
    operations = List.copyOf(operations);
    undeclared = List.copyOf(undeclared);
    unknownScopes = List.copyOf(unknownScopes);
    unusedScopes = List.copyOf(unusedScopes);
  }
}
