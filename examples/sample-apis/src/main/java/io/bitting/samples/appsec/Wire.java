package io.bitting.samples.appsec;

/** The connection of a repeater with the engine: a channel each way. Thread-safe. */
record Wire(Channel toEngine, Channel toRepeater) {
  Wire() {
    this(new Channel(), new Channel());
  }

  void close() {
    toEngine.close();
    toRepeater.close();
  }
}
