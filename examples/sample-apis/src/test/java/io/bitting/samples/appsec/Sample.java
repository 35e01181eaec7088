package io.bitting.samples.appsec;

import io.bitting.access.Authorizer;
import io.bitting.access.Guard;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.samples.KeyRing;
import io.bitting.samples.SampleServer;
import io.bitting.samples.ShippedCatalog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/**
 * The AppSec API on a server, with two organizations. Keys made before {@link #start} are known to
 * it.
 */
final class Sample implements AutoCloseable {
  final KeyRing ring = new KeyRing();
  final ApiId appsec = ring.api("nex", ShippedCatalog.appsec());
  final OrganizationId acme = ring.organization("acme", false);
  final OrganizationId globex = ring.organization("globex", false);
  final KeyRing.Held owner = ring.all(acme, appsec);
  final KeyRing.Held stranger = ring.all(globex, appsec);
  final Ticking clock = new Ticking();

  /** A clock that stands until it is told to go on. */
  static final class Ticking extends Clock {
    private volatile Instant now = KeyRing.NOW;

    void forward(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  SampleServer start() {
    return start(1, authorizer -> authorizer);
  }

  SampleServer start(int eventLoops, UnaryOperator<Authorizer> change) {
    Guard guard = new Guard(change.apply(ring.start()), appsec);
    return new SampleServer(
        eventLoops, vertx -> AppsecApi.router(vertx, guard, SampleServer.BASE, clock));
  }

  @Override
  public void close() {
    ring.close();
  }
}
