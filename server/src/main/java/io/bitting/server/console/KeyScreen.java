package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** A page of one key, which its path names, or what a form of such a page sends. */
abstract class KeyScreen extends Screen {
  KeyScreen(Desk desk, Route route) {
    super(desk, route);
  }

  /** Returns the key of the path; a key of somebody else is none. */
  KeyAnswer key(Call call, Visitor visitor) {
    return ask(call, visitor, "showKey").send().read(KeyAnswer.class);
  }

  /** Begins to ask an operation about the key of the path. */
  ConsoleApi.Ask ask(Call call, Visitor visitor, String operationId) {
    return desk.ask(visitor, call, operationId).path("key", call.path("key"));
  }

  /** Returns the address of a page of the key of the path. */
  static String at(KeyAnswer key, String rest) {
    return "/keys/" + key.id() + rest;
  }
}
