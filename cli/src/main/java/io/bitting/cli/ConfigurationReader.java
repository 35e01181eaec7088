package io.bitting.cli;

import io.bitting.member.MailAddress;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the settings of a server out of file, environment and flags. Every fault is found before
 * any is told; a setting that is not known is one, since it was meant to do something. One use.
 */
final class ConfigurationReader {
  static final String FILE = "bitting.yaml";
  static final String DEFAULT = "default";

  /** Variables of ours that are no settings of the server. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "BITTING_CONFIG",
          "BITTING_TOKEN",
          "BITTING_TOKEN_FILE",
          "BITTING_URL",
          "BITTING_PROFILE",
          "BITTING_API_KEY",
          "BITTING_JAVA_HOME",
          "BITTING_JAVA17_HOME",
          "BITTING_JAVA_OPTS",
          "BITTING_BUILD_LOCKED",
          Surroundings.COMMAND);

  private static final int FILE_BYTES_MAX = 64 << 10;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:\\[[0-9A-Fa-f:.%a-z]+]|[A-Za-z0-9.-]+):(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])");
  private static final Pattern IP = Pattern.compile("[0-9A-Fa-f:.]{2,45}(?:/[0-9]{1,3})?");

  private final Surroundings surroundings;
  private final List<String> faults = new ArrayList<>();
  private final Map<Setting, Configuration.Value> values = new EnumMap<>(Setting.class);

  ConfigurationReader(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Reads.
   *
   * @param file the file that was named; if none was, {@code bitting.yaml} in the working folder is
   *     read where it exists
   * @param flags what the flags say, by setting
   * @throws StopException naming every fault
   */
  Configuration read(Optional<String> file, Map<Setting, String> flags) {
    readDefaults();
    readFile(file.or(() -> surroundings.variable("BITTING_CONFIG")));
    take(fromEnvironment());
    flags.forEach(this::fromFlag);
    return checked();
  }

  /** Reads flags alone: no file, no environment. */
  static Configuration readFlags(Surroundings surroundings, Map<Setting, String> flags) {
    ConfigurationReader reader = new ConfigurationReader(surroundings);
    reader.readDefaults();
    flags.forEach(reader::fromFlag);
    return reader.checked();
  }

  private void readDefaults() {
    for (Setting setting : Setting.values()) {
      setting
          .byDefault()
          .ifPresent(text -> values.put(setting, new Configuration.Value(text, DEFAULT)));
    }
  }

  private Configuration checked() {
    values.forEach(this::check);
    checkTogether();
    if (!faults.isEmpty()) {
      throw StopException.usage(
          String.join("\n", faults), "See what is set, and where: bitting config print");
    }
    return new Configuration(values, surroundings.folder());
  }

  private void take(Map<Setting, Configuration.Value> found) {
    values.putAll(found);
  }

  private void readFile(Optional<String> named) {
    Path file = surroundings.path(named.orElse(FILE));
    if (!Files.exists(file)) {
      named.ifPresent(name -> faults.add("configuration file " + name + " does not exist"));
      return;
    }
    Optional<String> text =
        content(file, "configuration file " + file.getFileName(), FILE_BYTES_MAX);
    text.ifPresent(yaml -> take(fromYaml(yaml, file.getFileName().toString())));
  }

  private Map<Setting, Configuration.Value> fromYaml(String text, String file) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(3);
    Map<Setting, Configuration.Value> found = new EnumMap<>(Setting.class);
    try (Reader reader = new StringReader(text)) {
      Node root = new Yaml(options).compose(reader);
      if (root instanceof MappingNode mapping) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (NodeTuple member : mapping.getValue()) {
          member(member, file, lines, found);
        }
      } else if (root != null) {
        faults.add(file + " is no list of settings; write one a line, as: listen: 127.0.0.1:8080");
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      faults.add(
          file
              + ", line "
              + line
              + ": this is not YAML: "
              + Plain.text(String.valueOf(e.getProblem())));
    } catch (YAMLException | IOException e) {
      faults.add(file + " is not YAML: " + Plain.text(String.valueOf(e.getMessage())));
    }
    return found;
  }

  private void member(
      NodeTuple member,
      String file,
      Map<String, Integer> lines,
      Map<Setting, Configuration.Value> found) {
    int line = member.getKeyNode().getStartMark().getLine() + 1;
    String key = member.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    String where = file + ", line " + line;
    Integer first = lines.putIfAbsent(key, line);
    if (first != null) {
      faults.add(where + ": \"" + Plain.text(key) + "\" stands twice, first in line " + first);
      return;
    }
    Optional<String> text = text(member.getValueNode());
    if (text.isEmpty()) {
      faults.add(
          where + ": \"" + Plain.text(key) + "\" has no value that is one text or a list of texts");
      return;
    }
    assign(key, text.get(), where, found);
  }

  private static Optional<String> text(Node node) {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue()).filter(text -> !text.isBlank());
    }
    if (node instanceof SequenceNode sequence
        && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
      return Optional.of(
          String.join(
              ",",
              sequence.getValue().stream().map(item -> ((ScalarNode) item).getValue()).toList()));
    }
    return Optional.empty();
  }

  private void assign(
      String key, String text, String where, Map<Setting, Configuration.Value> found) {
    for (Setting setting : Setting.values()) {
      if (setting.key().equals(key)) {
        put(setting, Optional.of(text), where, found);
        return;
      }
      if (setting.isSecret() && (setting.key() + "-file").equals(key)) {
        put(setting, secretIn(text, where), where, found);
        return;
      }
    }
    faults.add(where + ": there is no setting \"" + Plain.text(key) + "\"" + suggestion(key));
  }

  private void put(
      Setting setting,
      Optional<String> text,
      String where,
      Map<Setting, Configuration.Value> found) {
    if (text.isEmpty()) {
      return;
    }
    Configuration.Value first = found.put(setting, new Configuration.Value(text.get(), where));
    if (first != null) {
      faults.add(
          setting.key()
              + " is given twice, by "
              + first.source()
              + " and by "
              + where
              + "; keep one");
    }
  }

  private static String suggestion(String wrong) {
    List<String> known = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      known.add(setting.key());
      if (setting.isSecret()) {
        known.add(setting.key() + "-file");
      }
    }
    return Nearest.of(wrong, known)
        .map(near -> "; did you mean \"" + near + "\"?")
        .orElse("; there are " + String.join(", ", known));
  }

  private Map<Setting, Configuration.Value> fromEnvironment() {
    Map<Setting, Configuration.Value> found = new EnumMap<>(Setting.class);
    Set<String> unknown = new TreeSet<>(surroundings.environment().keySet());
    unknown.removeIf(name -> !name.startsWith("BITTING_"));
    unknown.removeAll(OTHER_VARIABLES);
    for (Setting setting : Setting.values()) {
      unknown.remove(setting.variable());
      surroundings
          .variable(setting.variable())
          .ifPresent(text -> put(setting, Optional.of(text), setting.variable(), found));
      if (setting.isSecret()) {
        String variable = setting.variable() + "_FILE";
        unknown.remove(variable);
        surroundings
            .variable(variable)
            .ifPresent(file -> put(setting, secretIn(file, variable), variable, found));
      }
    }
    List<String> known = new ArrayList<>(OTHER_VARIABLES);
    for (Setting setting : Setting.values()) {
      known.add(setting.variable());
    }
    for (String name : unknown) {
      String near =
          Nearest.of(name, known)
              .map(nearest -> "; did you mean " + nearest + "?")
              .orElse("; unset it");
      faults.add("the environment's " + Plain.text(name) + " is no setting" + near);
    }
    return found;
  }

  private void fromFlag(Setting setting, String text) {
    Optional<String> value =
        setting.isSecret() ? secretIn(text, setting.flag()) : Optional.of(text);
    value.ifPresent(found -> values.put(setting, new Configuration.Value(found, setting.flag())));
  }

  private Optional<String> secretIn(String file, String where) {
    return content(
            surroundings.path(file),
            "the file " + Plain.text(file) + " of " + where,
            FILE_BYTES_MAX)
        .map(text -> text.replaceAll("\\R\\z", ""));
  }

  private Optional<String> content(Path file, String what, int bytesMax) {
    try {
      if (Files.size(file) > bytesMax) {
        faults.add(what + " has more than " + bytesMax + " bytes");
        return Optional.empty();
      }
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      faults.add(what + " cannot be read: " + Problems.reason(e));
      return Optional.empty();
    }
  }

  private void check(Setting setting, Configuration.Value value) {
    String text = value.text();
    String shown =
        setting.key()
            + " \""
            + (setting.isSecret() ? "" : Plain.text(text))
            + "\" ("
            + value.source()
            + ") ";
    switch (setting.kind()) {
      case ADDRESS -> {
        if (!ADDRESS.matcher(text).matches()) {
          faults.add(shown + "is not a host and a port, as 127.0.0.1:8080 or [::1]:8080");
        }
      }
      case URL -> {
        if (!isWebAddress(text)) {
          faults.add(shown + "is not an http or https address, as https://keys.example.com");
        }
      }
      case DATABASE -> checkDatabase(text, value.source());
      case MAIL_SERVER -> checkMailServer(text, value.source());
      case MAIL -> {
        if (MailAddress.parse(text).isEmpty()) {
          faults.add(shown + "is no mail address; " + MailAddress.RULE);
        }
      }
      case LIST -> {
        for (String item : text.split(",", -1)) {
          if (!IP.matcher(item.strip()).matches()) {
            faults.add(
                setting.key()
                    + " ("
                    + value.source()
                    + ") has \""
                    + Plain.text(item.strip())
                    + "\", which is no IP address");
          }
        }
      }
      case PATH, TEXT, SECRET -> {
        if (text.isBlank()) {
          faults.add(shown + "is blank");
        }
      }
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      URI address = URI.create(text);
      return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null
          && address.getRawQuery() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /* The URL may hold a password, so it is not repeated. */
  private void checkDatabase(String text, String source) {
    if (!text.startsWith("jdbc:postgresql:")) {
      faults.add(
          "database ("
              + source
              + ") is no JDBC URL of PostgreSQL; it begins with jdbc:postgresql://; without it, the embedded database is used");
    } else if (text.toLowerCase(Locale.ROOT).contains("password=")) {
      faults.add(
          "database ("
              + source
              + ") has a password in its URL, where lists of processes show it; give it as database-password-file");
    }
  }

  /* Nor is this one repeated. */
  private void checkMailServer(String text, String source) {
    if (MailServerUrl.hasPassword(text)) {
      faults.add(
          "smtp-url ("
              + source
              + ") has a password in it, where lists of processes show it; give it as smtp-password-file");
    } else if (MailServerUrl.parse(text).isEmpty()) {
      faults.add(
          "smtp-url ("
              + source
              + ") is no mail server, as smtp://mail.example.com:587 or smtps://mail.example.com:465");
    }
  }

  private void checkTogether() {
    if (values.containsKey(Setting.TLS_CERT) != values.containsKey(Setting.TLS_KEY)) {
      faults.add("tls-cert and tls-key go together; one of them is missing");
    }
    if (!values.containsKey(Setting.DATABASE)
        && (values.containsKey(Setting.DATABASE_USER)
            || values.containsKey(Setting.DATABASE_PASSWORD))) {
      faults.add("database-user and database-password want a database; the embedded one has none");
    }
    checkMail();
  }

  private void checkMail() {
    boolean password = values.containsKey(Setting.SMTP_PASSWORD);
    boolean user = values.containsKey(Setting.SMTP_USER);
    Configuration.Value url = values.get(Setting.SMTP_URL);
    if ((url == null) != !values.containsKey(Setting.MAIL_FROM)) {
      faults.add("smtp-url and mail-from go together; one of them is missing");
    }
    if (url == null) {
      if (user || password) {
        faults.add("smtp-user and smtp-password want an smtp-url; without one no mail is sent");
      }
      return;
    }
    boolean within = MailServerUrl.parse(url.text()).flatMap(MailServerUrl::user).isPresent();
    if (user && within) {
      faults.add(
          "the user of the mail server is given twice, by smtp-user and in smtp-url; keep one");
    }
    if ((user || within) != password) {
      faults.add(
          "the user of the mail server and smtp-password go together; one of them is missing");
    }
  }
}
