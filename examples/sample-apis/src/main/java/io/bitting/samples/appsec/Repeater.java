package io.bitting.samples.appsec;

import java.time.Instant;
import java.util.List;

/** Connects the engine to a network: the hosts that it can reach there. */
record Repeater(String id, String name, List<String> hosts, Instant createdAt) {

  /** A repeater as it is shown. It is connected while it waits for messages. */
  record Shown(String id, String name, List<String> hosts, boolean connected, Instant createdAt) {}

  Shown shown(Wire wire) {
    return new Shown(id, name, hosts, wire.toRepeater().hasListeners(), createdAt);
  }
}
