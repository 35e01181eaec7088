package io.bitting.usage;

import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.access.VerifiedKey;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.operation.Operation;
import io.bitting.operation.PathTemplate;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.store.Position;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Keys, decisions and demands for tests of what is counted. */
final class UsageMother {
  static final ApiId APPSEC = new ApiId("appsec");
  static final Requirement READ = Requirement.allOf("scans:read");
  static final Requirement EITHER =
      new Requirement.Scopes(
          List.of(
              new TreeSet<>(List.of(new Scope("scans:read"), new Scope("scans:run"))),
              new TreeSet<>(List.of(new Scope("scans:all")))));
  static final Operation GET_SCANS =
      new Operation("GET", PathTemplate.of("/scans/{id}"), READ, "", "", "");

  private static final Position NOW = new Position("epoch", 1);

  private UsageMother() {}

  /** A key as a decision has it. */
  record ProvedKey(KeyId id, OrganizationId organization) implements VerifiedKey {
    @Override
    public ApiId api() {
      return APPSEC;
    }

    @Override
    public Optional<Instant> expiresAt() {
      return Optional.empty();
    }

    @Override
    public int secret() {
      return 1;
    }

    @Override
    public Optional<Instant> supersededAt() {
      return Optional.empty();
    }
  }

  static ProvedKey key(int number) {
    return new ProvedKey(
        new KeyId(number, number % 62), new OrganizationId("Organization".substring(0, 12)));
  }

  static Decision allowed(VerifiedKey key) {
    return new Decision.Allowed(key, NOW);
  }

  static Decision denied(VerifiedKey key, DenialReason reason) {
    SortedSet<Scope> none = Collections.emptySortedSet();
    return new Decision.Denied(reason, key, none, none, NOW);
  }

  static Decision unproved() {
    SortedSet<Scope> none = Collections.emptySortedSet();
    return new Decision.Denied(DenialReason.CREDENTIAL_INVALID, null, none, none, NOW);
  }

  static Demand given(Requirement requirement) {
    return new Demand(APPSEC, requirement, Optional.empty());
  }
}
