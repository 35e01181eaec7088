package io.bitting.architecture.planted;

import io.bitting.cli.Main;
import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.server.BittingServer;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Vertx;
import java.sql.Connection;
import org.slf4j.Logger;

/** Knows too much. */
public final class Borders {
  private Borders() {}

  public record KnowsServer(BittingServer server) {}

  public static final class KnowsJdbc {
    private KnowsJdbc() {}

    static int count(JdbcDatabase[] databases) {
      return databases.length;
    }
  }

  public record KnowsClient(BittingClient client) {}

  public record KnowsProtocol(KeyAnswer answer) {}

  public record KnowsVertx(Vertx vertx) {}

  public record KnowsNetty(ByteBuf buffer) {}

  public record KnowsLogging(Logger log) {}

  public record KnowsSql(Connection connection) {}

  record Hidden() {}

  public static final class KnowsCli {
    private KnowsCli() {}

    static void run() {
      Main.main(new String[0]);
    }
  }
}
