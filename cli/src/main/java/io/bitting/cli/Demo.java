package io.bitting.cli;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    header = "Run a demonstration: a server, an organization, two sample APIs and keys.",
    description =
        "Everything is made anew at each start in the folder bitting-demo, and listens on this machine only. No file and no environment is asked for settings.",
    footer = {
      "  bitting demo",
      "  bitting demo --listen 127.0.0.1:9090 --admin-listen 127.0.0.1:9091"
    })
final class Demo implements Callable<Integer> {
  static final String FOLDER = "bitting-demo";

  private final Surroundings surroundings;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Address for callers, on this machine. Default: 127.0.0.1:8080.")
  private @Nullable String listen;

  @Option(
      names = "--admin-listen",
      paramLabel = "HOST:PORT",
      description =
          "Address for /livez, /readyz and /metrics, on this machine. Default: 127.0.0.1:8081.")
  private @Nullable String adminListen;

  Demo(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    flags.put(Setting.DATA, FOLDER);
    if (listen != null) {
      flags.put(Setting.LISTEN, listen);
    }
    if (adminListen != null) {
      flags.put(Setting.ADMIN_LISTEN, adminListen);
    }
    return surroundings
        .launch()
        .demo(ConfigurationReader.readFlags(surroundings, flags), surroundings);
  }
}
