package io.bitting.access;

import java.time.Clock;

final class LocalAuthorizerTest extends AuthorizerContract {

  @Override
  public Subject start(InMemoryChangeSource rows, Clock clock) {
    return new LocalSubject(rows, clock).start();
  }
}
