package io.bitting.crash;

/** What is killed, with SIGKILL. */
enum Blow {
  /** The server; it is started again. */
  SERVER,
  /**
   * One process of PostgreSQL that works for the server, upon which PostgreSQL ends the others and
   * recovers. The server lives.
   */
  BACKEND,
  /** All of PostgreSQL at once; it is started again. The server lives. */
  DATABASE
}
