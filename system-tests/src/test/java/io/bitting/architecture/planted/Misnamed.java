package io.bitting.architecture.planted;

import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;

/** Endpoints that are not what they are called, or that nobody wires. */
public final class Misnamed {
  private Misnamed() {}

  private static Route route(String operationId) {
    return Route.get(operationId, "/v1/planted", new Requirement.Anonymous());
  }

  /** Makes something and does not say so. */
  public static final class KeyThings implements Endpoint {
    @Override
    public Route route() {
      return Misnamed.route("makeKey");
    }

    @Override
    public Answer handle(Call call) {
      return Answer.text("text/plain", "made");
    }
  }

  /** Is well named. */
  public static final class LockKey implements Endpoint {
    @Override
    public Route route() {
      return Misnamed.route("lockKey");
    }

    @Override
    public Answer handle(Call call) {
      return Answer.text("text/plain", "locked");
    }
  }

  /** Is one of several of one form, and well named. */
  public static final class ToggleKey implements Endpoint {
    private ToggleKey() {}

    public static ToggleKey on() {
      return new ToggleKey();
    }

    @Override
    public Route route() {
      return Misnamed.route("onKey");
    }

    @Override
    public Answer handle(Call call) {
      return Answer.text("text/plain", "on");
    }
  }
}
