package io.bitting.samples.appsec;

import io.bitting.access.Authorizer;
import io.bitting.access.Guard;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.samples.KeyRing;
import io.bitting.samples.SampleServer;
import io.bitting.samples.ShippedCatalog;
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
  final MutableClock clock = new MutableClock();

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
