package io.bitting.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a server, each with where it came from. A flag beats the environment, which beats
 * the file, which beats what is usual.
 *
 * <p><b>Security guarantees.</b> {@link #shown} and {@code toString} show no secret.
 *
 * <p>Immutable and thread-safe.
 */
final class Configuration {
  private final Map<Setting, Value> values;
  private final Path folder;

  /**
   * What a setting is.
   *
   * @param text the value
   * @param source where it came from, for people: {@code --listen}, {@code BITTING_LISTEN}, {@code
   *     bitting.yaml, line 3}, {@code default}
   */
  record Value(String text, String source) {
    @Override
    public String toString() {
      return "Value[" + source + "]";
    }
  }

  /** Host and port to listen on. */
  record Address(String host, int port) {}

  Configuration(Map<Setting, Value> values, Path folder) {
    this.values = Collections.unmodifiableMap(new EnumMap<>(values));
    this.folder = folder;
  }

  Optional<Value> value(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  Optional<String> text(Setting setting) {
    return value(setting).map(Value::text);
  }

  /** Returns a path, seen from the working folder. */
  Optional<Path> path(Setting setting) {
    return text(setting).map(text -> folder.resolve(text).normalize());
  }

  Optional<Address> address(Setting setting) {
    return text(setting).map(Configuration::address);
  }

  List<String> list(Setting setting) {
    return text(setting)
        .map(text ->
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList())
        .orElse(List.of());
  }

  /** Returns this with another value where none was given. */
  Configuration orElse(Setting setting, String text) {
    Map<Setting, Value> more = new EnumMap<>(Setting.class);
    more.putAll(values);
    more.computeIfPresent(
        setting,
        (key, old) ->
            old.source().equals(ConfigurationReader.DEFAULT) ? new Value(text, old.source()) : old);
    more.putIfAbsent(setting, new Value(text, ConfigurationReader.DEFAULT));
    return new Configuration(more, folder);
  }

  /** Returns a value as it may be shown. */
  String shown(Setting setting) {
    return value(setting).map(value -> setting.isSecret() ? "********" : value.text()).orElse("-");
  }

  /**
   * Reads host and port; IPv6 stands in brackets. The form was checked when the setting was read.
   */
  private static Address address(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon);
    return new Address(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return "Configuration" + values.keySet();
  }
}
