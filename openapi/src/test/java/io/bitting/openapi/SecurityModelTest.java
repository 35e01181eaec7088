package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.scope.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random documents against what the format means: a caller may call an operation if the caller has
 * everything that one alternative asks for.
 */
final class SecurityModelTest {
  private static final List<String> SCOPES = List.of("a", "b", "c");

  /** What one operation and its document say; an absent part is null. */
  record Sample(
      List<Map<String, List<String>>> document,
      List<Map<String, List<String>>> operation,
      List<String> besides) {

    byte[] json() throws JsonProcessingException {
      Map<String, Object> get = new LinkedHashMap<>();
      if (operation != null) {
        get.put("security", operation);
      }
      if (besides != null) {
        get.put("x-required-scopes", besides);
      }
      Map<String, Object> root = new LinkedHashMap<>();
      root.put("openapi", "3.1.0");
      root.put(
          "components",
          Map.of("securitySchemes", Map.of("key", Map.of(), "oauth", Map.of(), "other", Map.of())));
      root.put("paths", Map.of("/a", Map.of("get", get)));
      if (document != null) {
        root.put("security", document);
      }
      return new ObjectMapper().writeValueAsBytes(root);
    }

    /**
     * Tells whether the format lets a caller in.
     *
     * @param schemes the schemes that the caller satisfies; none without a key
     * @param held the scopes that the caller has in each of them
     */
    boolean admits(Set<String> schemes, Set<String> held) {
      if (besides != null && !held.containsAll(besides)) {
        return false;
      }
      List<Map<String, List<String>>> security = operation != null ? operation : document;
      if (security == null) {
        return besides != null && !schemes.isEmpty();
      }
      return security.isEmpty()
          || security.stream()
              .filter(alternative -> besides != null || !isOutdone(alternative, security))
              .anyMatch(alternative ->
                  schemes.containsAll(alternative.keySet())
                      && alternative.values().stream().allMatch(held::containsAll));
    }

    /** Ours, not the format's: no scopes beside another scheme's scopes are no alternative. */
    private static boolean isOutdone(
        Map<String, List<String>> alternative, List<Map<String, List<String>>> security) {
      return !alternative.isEmpty()
          && alternative.values().stream().allMatch(List::isEmpty)
          && security.stream()
              .filter(other -> !other.keySet().equals(alternative.keySet()))
              .anyMatch(other -> other.values().stream().anyMatch(list -> !list.isEmpty()));
    }
  }

  @Provide
  Arbitrary<Sample> samples() {
    Arbitrary<List<String>> scopes = Arbitraries.of(SCOPES).list().uniqueElements().ofMaxSize(3);
    Arbitrary<List<Map<String, List<String>>>> security =
        Arbitraries.maps(Arbitraries.of("key", "oauth", "other"), scopes)
            .ofMaxSize(2)
            .list()
            .ofMaxSize(3);
    return Combinators.combine(
            security.injectNull(0.3),
            security.injectNull(0.3),
            scopes.filter(list -> !list.isEmpty()).injectNull(0.6))
        .as(Sample::new);
  }

  private static List<Set<String>> subsets() {
    List<Set<String>> subsets = new ArrayList<>(List.of(Set.of()));
    for (String scope : SCOPES) {
      for (Set<String> subset : List.copyOf(subsets)) {
        Set<String> longer = new HashSet<>(subset);
        longer.add(scope);
        subsets.add(longer);
      }
    }
    return subsets;
  }

  private static boolean admits(Requirement requirement, boolean key, Set<String> held) {
    if (requirement instanceof Requirement.Scopes scopes) {
      return key && scopes.isMetBy(scope -> held.contains(scope.text()));
    }
    return requirement instanceof Requirement.Anonymous
        || (requirement instanceof Requirement.AnyValidKey && key);
  }

  private static Requirement read(Sample sample, String... schemes) throws JsonProcessingException {
    return Documents.sound(sample.json(), Documents.schemes(schemes))
        .operations()
        .get(0)
        .requirement();
  }

  /** With one scheme that a key stands for, the answers are those of the model. */
  @Property
  void read_oneScheme_admitsWhomTheModelAdmits(@ForAll("samples") Sample sample)
      throws JsonProcessingException {
    Requirement requirement = read(sample, "key");

    for (Set<String> held : subsets()) {
      assertThat(admits(requirement, true, held)).isEqualTo(sample.admits(Set.of("key"), held));
    }
    assertThat(admits(requirement, false, Set.of())).isEqualTo(sample.admits(Set.of(), Set.of()));
  }

  /** With two, one key has the scopes of both. */
  @Property
  void read_twoSchemes_admitsWhomTheModelAdmits(@ForAll("samples") Sample sample)
      throws JsonProcessingException {
    Requirement requirement = read(sample, "key", "oauth");

    for (Set<String> held : subsets()) {
      assertThat(admits(requirement, true, held))
          .isEqualTo(sample.admits(Set.of("key", "oauth"), held));
    }
    assertThat(admits(requirement, false, Set.of())).isEqualTo(sample.admits(Set.of(), Set.of()));
  }
}
