package io.bitting.gateways;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A gateway that comes as a package, and how its recipe is set up and started as it stands. */
enum Gateway {
  NGINX {
    @Override
    ProcessBuilder prepare(Path folder, int port, Surroundings around) throws IOException {
      // Its workers are another user.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      copy("nginx.conf", folder);
      Files.createDirectory(folder.resolve("bitting"));
      write(folder, "bitting/listen.conf", "listen 127.0.0.1:%d;\n".formatted(port));
      write(
          folder,
          "bitting/settings.conf",
          """
          upstream protected_api { server 127.0.0.1:%d; keepalive 16; }
          upstream bitting { server 127.0.0.1:%d; keepalive 16; }
          map "" $bitting_api { default %s; }
          access_log access.log without_query;
          client_body_temp_path client-body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          """
              .formatted(around.upstreamPort(), around.checkerPort(), around.api()));
      write(
          folder,
          "bitting/gateway-key.conf",
          "map \"\" $bitting_gateway_key { default %s; }\n".formatted(around.gatewayKey()));
      return new ProcessBuilder(
          program("nginx"),
          "-p",
          folder.toString(),
          "-c",
          folder.resolve("nginx.conf").toString(),
          "-g",
          "daemon off; pid %s; error_log stderr;".formatted(folder.resolve("nginx.pid")));
    }
  },
  CADDY {
    @Override
    ProcessBuilder prepare(Path folder, int port, Surroundings around) throws IOException {
      copy("Caddyfile", folder);
      Files.createDirectory(folder.resolve("bitting"));
      write(
          folder,
          "bitting/gateway-key",
          "header_up X-Bitting-Gateway %s\n".formatted(around.gatewayKey()));
      ProcessBuilder process =
          new ProcessBuilder(
              program("caddy"),
              "run",
              "--config",
              folder.resolve("Caddyfile").toString(),
              "--adapter",
              "caddyfile");
      process
          .environment()
          .putAll(
              Map.of(
                  "HOME",
                  folder.toString(),
                  "XDG_DATA_HOME",
                  folder.resolve("data").toString(),
                  "XDG_CONFIG_HOME",
                  folder.resolve("config").toString(),
                  "BITTING_GATEWAY_PORT",
                  String.valueOf(port)));
      process.environment().putAll(around.variables());
      return process;
    }
  },
  HAPROXY {
    @Override
    ProcessBuilder prepare(Path folder, int port, Surroundings around) throws IOException {
      copy("haproxy.cfg", folder);
      copy("bitting.lua", folder);
      PosixFileAttributes me = Files.readAttributes(folder, PosixFileAttributes.class);
      ProcessBuilder process =
          new ProcessBuilder(
              program("haproxy"), "-db", "-f", folder.resolve("haproxy.cfg").toString());
      process
          .environment()
          .putAll(
              Map.of(
                  "HAPROXY_USER",
                  me.owner().getName(),
                  "HAPROXY_GROUP",
                  me.group().getName(),
                  "BITTING_LUA",
                  folder.resolve("bitting.lua").toString(),
                  "BITTING_GATEWAY_LISTEN",
                  "127.0.0.1:" + port,
                  "BITTING_GATEWAY_KEY",
                  around.gatewayKey()));
      process.environment().putAll(around.variables());
      return process;
    }
  };

  private static final Path RECIPES = Path.of("..", "docs", "gateways");

  /**
   * What a gateway stands between.
   *
   * @param checkerPort where Bitting is asked, or whatever is in its place
   * @param upstreamPort where the API is
   * @param api its name
   * @param gatewayKey what the gateway proves itself with
   */
  record Surroundings(int checkerPort, int upstreamPort, String api, String gatewayKey) {
    private Map<String, String> variables() {
      return Map.of(
          "BITTING_ADDRESS",
          "127.0.0.1:" + checkerPort,
          "UPSTREAM_ADDRESS",
          "127.0.0.1:" + upstreamPort,
          "BITTING_API",
          api);
    }
  }

  /** Puts the recipe into a folder, and what differs from one installation to another beside it. */
  abstract ProcessBuilder prepare(Path folder, int port, Surroundings around) throws IOException;

  private static void copy(String file, Path folder) throws IOException {
    Files.copy(RECIPES.resolve(file), folder.resolve(file));
  }

  private static void write(Path folder, String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  /** Finds a program where Debian puts it, which is not always where a user looks. */
  private static String program(String name) {
    return Stream.concat(
            Stream.of(Path.of("/usr/sbin", name), Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .map(Path::toString),
            List.of(name).stream())
        .findFirst()
        .orElseThrow();
  }
}
