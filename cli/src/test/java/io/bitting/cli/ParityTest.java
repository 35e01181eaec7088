package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Nothing in the console is stronger than the API: for every page and every form of it there are
 * operations of REST that it asks, and for each of these there is a command. What a page asks is
 * read from its source, since that is how a page is made that asks nothing else.
 */
final class ParityTest {
  private static final Path CONSOLE =
      Path.of("../server/src/main/java/io/bitting/server/console").normalize();

  /** What belongs to a browser alone, by how its address begins, and why. */
  private static final Map<String, String> OF_THE_BROWSER =
      Map.of(
          "/sign-in", "proves who sits there",
          "/sign-out", "ends what the browser has",
          "/setup", "makes the first owner, who has no key yet; there is setup over REST as well",
          "/join", "is for somebody who has nothing yet but a link",
          "/account", "is about how a person proves who it is",
          "/organization", "chooses where the browser looks, or leaves as a person",
          "/assets", "is what pages look like");

  /** Commands that are not called like their operation. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "listChecks", "TailChecks",
          "listOperations", "ShowCoverage",
          "putCatalog", "ApplyCatalog",
          "putOperations", "ImportOperations",
          "showCatalog", "ShowApi");

  private static final Pattern ROUTE =
      Pattern.compile("Route\\.(page|form)\\(\\s*\"(\\w+)\",\\s*\"([^\"]+)\"");
  private static final Pattern ASK = Pattern.compile("\\bask\\(\\s*\\w+,\\s*\\w+,\\s*\"(\\w+)\"");
  private static final Pattern WORD = Pattern.compile("\"(\\w+)\"");
  private static final Pattern NAME = Pattern.compile("\\b[A-Z][A-Za-z]+\\b");

  /** What all pages have in common asks nothing for them. */
  private static final Set<String> COMMON =
      Set.of("Console", "ConsoleApi", "Desk", "Screen", "Visits");

  @TempDir private Path folder;

  /** A page, or what a form sends. */
  private record Action(String operationId, boolean form, String path, String source) {
    boolean isOfTheBrowser() {
      return OF_THE_BROWSER.keySet().stream()
          .anyMatch(begin -> path.equals(begin) || path.startsWith(begin + "/"));
    }
  }

  private static Map<String, String> sources() {
    try (Stream<Path> files = Files.list(CONSOLE)) {
      Map<String, String> sources = new TreeMap<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
      return sources;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Action> actions(Map<String, String> sources) {
    return sources.entrySet().stream()
        .flatMap(source ->
            ROUTE
                .matcher(source.getValue())
                .results()
                .map(found ->
                    new Action(
                        found.group(2),
                        found.group(1).equals("form"),
                        found.group(3),
                        source.getKey())))
        .toList();
  }

  /** What is asked for by name, there or by a method that takes the name of an operation. */
  private static Set<String> asked(String source) {
    Set<String> asked = new TreeSet<>(operations().keySet());
    asked.retainAll(
        WORD.matcher(source).results().map(found -> found.group(1)).collect(Collectors.toSet()));
    ASK.matcher(source).results().map(found -> found.group(1)).forEach(asked::add);
    return asked;
  }

  /** What a class asks, and those of the console that it names. */
  private static Set<String> asked(Map<String, String> sources, String name) {
    Set<String> asked = new TreeSet<>();
    Set<String> seen = new HashSet<>(COMMON);
    Deque<String> left = new ArrayDeque<>(List.of(name));
    while (!left.isEmpty()) {
      String next = left.pop();
      String source = sources.get(next);
      if (source != null && seen.add(next)) {
        asked.addAll(asked(source));
        Matcher names = NAME.matcher(source);
        names.results().map(found -> found.group()).forEach(left::push);
      }
    }
    return asked;
  }

  /** The operations of REST with their methods. */
  private static final Map<String, String> OPERATIONS = readOperations();

  private static Map<String, String> operations() {
    return OPERATIONS;
  }

  private static Map<String, String> readOperations() {
    try (InputStream in = ParityTest.class.getResourceAsStream("/io/bitting/server/openapi.json")) {
      Map<String, String> operations = new TreeMap<>();
      for (JsonNode path : new ObjectMapper().readTree(in).path("paths")) {
        path.properties()
            .forEach(operation ->
                operations.put(
                    operation.getValue().path("operationId").asText(), operation.getKey()));
      }
      return operations;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Set<String> commands() {
    Set<String> commands = new HashSet<>();
    collect(
        CommandTree.of(new Cli(folder).surroundings(new StringWriter(), new StringWriter())),
        commands);
    return commands;
  }

  private static void collect(CommandLine command, Set<String> commands) {
    Object object = command.getCommandSpec().userObject();
    if (object != null) {
      // A group of commands has none.
      commands.add(object.getClass().getSimpleName());
    }
    command.getSubcommands().values().forEach(child -> collect(child, commands));
  }

  private static String command(String operationId) {
    return OTHER_NAMES.getOrDefault(
        operationId,
        operationId.substring(0, 1).toUpperCase(Locale.ROOT) + operationId.substring(1));
  }

  @Test
  void everyOperationThatAPageAsks_isOfRest_andHasACommand() {
    Map<String, String> operations = operations();
    Set<String> commands = commands();
    Set<String> asked =
        sources().values().stream()
            .flatMap(source -> asked(source).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(asked).hasSizeGreaterThan(20);
    assertThat(asked).allMatch(operations::containsKey, "is an operation of REST");
    assertThat(asked).allMatch(each -> commands.contains(command(each)), "has a command");
  }

  @Test
  void everyPage_asksOperations_orBelongsToTheBrowser() {
    Map<String, String> sources = sources();
    List<Action> actions = actions(sources);
    assertThat(actions).hasSizeGreaterThan(20);
    assertThat(actions)
        .filteredOn(action -> !action.isOfTheBrowser())
        .allMatch(action -> !asked(sources, action.source()).isEmpty(), "asks an operation");
  }

  /** What changes something asks for a change itself, and not by way of a page that looks. */
  @Test
  void everyForm_asksForAChange_thatRestAndCliCanMake() {
    Map<String, String> sources = sources();
    Map<String, String> operations = operations();
    assertThat(actions(sources))
        .filteredOn(action -> action.form() && !action.isOfTheBrowser())
        .hasSizeGreaterThan(5)
        .allMatch(
            action ->
                asked(sources.getOrDefault(action.source(), "")).stream()
                    .anyMatch(each -> !operations.getOrDefault(each, "get").equals("get")),
            "asks for a change");
  }

  /** The rule can fail: for a page that asks nothing, and for an operation that nobody has. */
  @Test
  void rule_ofAPageWithoutATwin_isBroken() {
    Map<String, String> sources =
        Map.of(
            "Planted",
            "Route.form(\"plant\", \"/planted\") desk.ask(visitor, call, \"plantKey\") Other",
            "Idle",
            "Route.form(\"idle\", \"/idle\")");
    assertThat(actions(sources)).noneMatch(Action::isOfTheBrowser).hasSize(2);
    assertThat(asked(sources, "Idle")).isEmpty();
    assertThat(asked(sources, "Planted")).containsExactly("plantKey");
    assertThat(operations()).doesNotContainKey("plantKey");
    assertThat(commands()).doesNotContain(command("plantKey")).contains("ShowCoverage");
  }
}
