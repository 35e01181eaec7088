package io.bitting.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "print",
    header = "Show every setting of the server, and where it comes from.",
    description =
        "Takes the flags of serve, so that a start can be tried. Secrets are masked. Faults are all named, exit code 2.",
    footer = {
      "  bitting config print",
      "  bitting config print --config /etc/bitting/bitting.yaml",
      "  BITTING_LISTEN=0.0.0.0:8080 bitting config print -o json"
    })
final class PrintConfiguration implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final Presentation presentation;

  PrintConfiguration(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    Configuration configuration =
        new ConfigurationReader(surroundings)
            .read(SettingFlags.configFile(spec), SettingFlags.given(spec));
    Map<String, Object> members = new LinkedHashMap<>();
    Table table = new Table("setting", "value", "source");
    for (Setting setting : Setting.values()) {
      String source =
          configuration.value(setting).map(Configuration.Value::source).orElse("not set");
      String shown = configuration.shown(setting);
      table.row(setting.key(), shown, source);
      Map<String, Object> member = new LinkedHashMap<>();
      member.put("value", configuration.value(setting).isPresent() ? shown : null);
      member.put("source", source);
      members.put(setting.key(), member);
    }
    presentation.show(members, () -> table.print(surroundings));
    return ExitCode.OK;
  }
}
