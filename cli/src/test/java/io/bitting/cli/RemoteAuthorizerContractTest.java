package io.bitting.cli;

import io.bitting.access.Authorizer;
import io.bitting.access.AuthorizerContract;
import io.bitting.access.Follower;
import io.bitting.access.InMemoryChangeSource;
import io.bitting.access.KeyIndex;
import io.bitting.access.LocalAuthorizer;
import io.bitting.access.SampleInstallation;
import io.bitting.audit.Actor;
import io.bitting.client.BittingClient;
import io.bitting.client.RemoteAuthorizer;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.server.checks.Verify;
import io.bitting.server.http.EdgeSettings;
import io.bitting.server.http.FailureBudget;
import io.bitting.server.http.Gate;
import io.bitting.server.http.HttpEdge;
import io.bitting.server.http.Routes;
import io.bitting.server.operations.Meters;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The remote authorizer decides as the local one does: over the real edge and endpoint, with the
 * contract's rows behind them.
 */
final class RemoteAuthorizerContractTest extends AuthorizerContract {

  @Override
  public Subject start(InMemoryChangeSource rows, Clock clock) {
    return new RemoteSubject(rows, clock);
  }

  private static final class RemoteSubject implements Subject {
    private final Vertx vertx = Vertx.vertx();
    private final Follower follower;
    private final HttpEdge edge;
    private final RemoteAuthorizer authorizer;

    RemoteSubject(InMemoryChangeSource rows, Clock clock) {
      SecureRandom random = new SecureRandom();
      KeyId id = KeyId.generate(random);
      MintedToken minted = MintedToken.mint(SampleInstallation.BITTING.prefix(), id, random);
      rows.put(verifier(id, minted));
      String token = minted.revealOnce();

      KeyIndex index = new KeyIndex();
      Meters meters = new Meters(index);
      follower =
          new Follower(
              rows,
              index,
              new Follower.Timing(Duration.ofMillis(20), Duration.ofHours(1)),
              failure -> {
                throw failure;
              });
      follower.start();
      LocalAuthorizer local = new LocalAuthorizer(index, clock, LocalAuthorizer.MAX_STALE);
      edge =
          new HttpEdge(
              vertx,
              new EdgeSettings("127.0.0.1", 0, "", Optional.empty(), Set.of()),
              new Routes(List.of(new Verify(local, meters))),
              new Gate(local),
              meters,
              (query, source, requestId) -> {},
              new FailureBudget(System::nanoTime, 0));
      URI base = URI.create("http://127.0.0.1:" + edge.listen());
      authorizer = new RemoteAuthorizer(BittingClient.builder(base).token(() -> token).build());
    }

    /** A key that verifies for every API, and never ends. */
    private static KeyRow verifier(KeyId id, MintedToken minted) {
      Grant grant = new Grant(ApiId.BITTING, GrantedScopes.all(), Reach.everything());
      KeySecret secret =
          new KeySecret(id, 1, minted.digest(), SampleInstallation.BEGINNING, null, 1);
      Key key =
          new Key(
              id,
              SampleInstallation.OPERATOR.id(),
              "verifier",
              "",
              grant,
              grant.id(),
              KeyState.ACTIVE,
              SampleInstallation.BEGINNING,
              new Actor(Actor.Kind.OPERATOR, "test"),
              null,
              1);
      return new KeyRow(key, List.of(Sealed.of(secret, SealVerdict.INTACT)));
    }

    @Override
    public Authorizer authorizer() {
      return authorizer;
    }

    @Override
    public void await(Position position) {
      if (!follower.await(position, Duration.ofSeconds(20))) {
        throw new AssertionError("the follower did not come to " + position);
      }
    }

    @Override
    public void close() {
      edge.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
      follower.close();
    }
  }
}
