package io.bitting.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each of the thirteen rules of the domain is named by a test. Prints which. */
final class RulesTest {
  private static final Pattern NAMED = Pattern.compile("\\b[Rr]ules? (\\d+(?:(?:, | and )\\d+)*)");

  @Test
  void everyRule_isNamedByATest() throws IOException {
    SortedMap<Integer, List<String>> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file : files.filter(RulesTest::isTest).toList()) {
        for (int rule : rules(Files.readString(file))) {
          tests
              .computeIfAbsent(rule, ignored -> new ArrayList<>())
              .add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    tests.forEach((rule, names) ->
        System.err.println(
            "rule "
                + rule
                + ": "
                + String.join(", ", names.stream().distinct().sorted().toList())));
    assertThat(tests.keySet()).contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
  }

  @Test
  void rules_areReadOneByOne() {
    assertThat(rules("Names rules 1, 2 and 13.")).containsExactly(1, 2, 13);
    assertThat(rules("no such thing")).isEmpty();
  }

  private static boolean isTest(Path file) {
    String path = file.toString();
    return path.contains("/src/test/java/")
        && !path.contains("/target/")
        && !path.endsWith("RulesTest.java")
        && (path.endsWith("Test.java") || path.endsWith("Contract.java"));
  }

  private static List<Integer> rules(String source) {
    List<Integer> rules = new ArrayList<>();
    Matcher named = NAMED.matcher(source);
    while (named.find()) {
      for (String number : named.group(1).split(", | and ", -1)) {
        rules.add(Integer.parseInt(number));
      }
    }
    return rules;
  }
}
