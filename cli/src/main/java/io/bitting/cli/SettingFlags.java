package io.bitting.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The settings of the server as flags of a command. Stateless. */
final class SettingFlags {
  private static final String CONFIG = "--config";

  private SettingFlags() {}

  /** Gives a command a flag for each setting, and one for the file. */
  static CommandSpec addTo(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .type(String.class)
            .paramLabel("FILE")
            .description(
                "File with settings. Else BITTING_CONFIG, else "
                    + ConfigurationReader.FILE
                    + " where there is one.")
            .build());
    for (Setting setting : Setting.values()) {
      String usual = setting.byDefault().map(text -> " Default: " + text + ".").orElse("");
      String described =
          setting.isSecret()
              ? "File with " + setting.description().toLowerCase(java.util.Locale.ROOT)
              : setting.description();
      spec.addOption(
          OptionSpec.builder(setting.flag())
              .type(String.class)
              .paramLabel(setting.kind().label())
              .description(described + "." + usual)
              .build());
    }
    return spec;
  }

  /** Returns what the flags say. */
  static Map<Setting, String> given(CommandSpec spec) {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      value(spec, setting.flag()).ifPresent(text -> given.put(setting, text));
    }
    return given;
  }

  /** Returns the file that the flag names. */
  static Optional<String> configFile(CommandSpec spec) {
    return value(spec, CONFIG);
  }

  private static Optional<String> value(CommandSpec spec, String flag) {
    OptionSpec option = spec.findOption(flag);
    return option == null ? Optional.empty() : Optional.ofNullable(option.getValue());
  }
}
