package io.bitting.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.id.ApiId;
import io.bitting.scope.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rule 3: what a key may do is named by its contents, and nothing changes it afterwards. */
final class GrantTest {
  private static final ApiId APPSEC = new ApiId("appsec");
  private static final ApiId LIBRARY = new ApiId("library");

  @Test
  void specific_noScope_throws() {
    assertThatThrownBy(() -> GrantedScopes.specific(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GrantedScopes.Specific(new TreeSet<>()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void id_sameContents_isTheSameAndAnyOtherAnother() {
    Set<GrantId> ids = new HashSet<>();
    List<Grant> grants =
        List.of(
            Grant.of(APPSEC, GrantedScopes.all()),
            Grant.of(LIBRARY, GrantedScopes.all()),
            Grant.of(APPSEC, specific("a")),
            Grant.of(APPSEC, specific("b")),
            Grant.of(APPSEC, specific("a", "b")),
            Grant.of(APPSEC, specific("all")),
            new Grant(APPSEC, specific("a"), Reach.everything()),
            new Grant(APPSEC, specific("a"), Reach.issuing(APPSEC, specific("a"))),
            new Grant(APPSEC, specific("a"), Reach.issuing(APPSEC, GrantedScopes.all())),
            new Grant(APPSEC, specific("a"), Reach.issuing(LIBRARY, specific("a"))),
            new Grant(APPSEC, specific("a"), Reach.verifying(List.of(APPSEC))),
            new Grant(APPSEC, specific("a"), Reach.verifying(List.of(LIBRARY))),
            new Grant(APPSEC, specific("a"), Reach.verifying(List.of(APPSEC, LIBRARY))));
    for (Grant grant : grants) {
      assertThat(ids.add(grant.id())).as("%s", grant).isTrue();
    }
    assertThat(Grant.of(APPSEC, specific("b", "a")).id())
        .isEqualTo(Grant.of(APPSEC, specific("a", "b")).id());
    assertThat(new Grant(APPSEC, specific("a"), Reach.none()).id())
        .isEqualTo(Grant.of(APPSEC, specific("a")).id());
  }

  @Test
  void parts_changedOutside_areNotChangedHere() {
    TreeSet<Scope> scopes = new TreeSet<>(Set.of(new Scope("a")));
    GrantedScopes.Specific specific = new GrantedScopes.Specific(scopes);
    SortedMap<ApiId, GrantedScopes> issue = new TreeMap<>();
    TreeSet<ApiId> verify = new TreeSet<>();
    Reach.Limited reach = new Reach.Limited(issue, verify);

    scopes.add(new Scope("b"));
    issue.put(APPSEC, GrantedScopes.all());
    verify.add(APPSEC);

    assertThat(specific.scopes()).containsExactly(new Scope("a"));
    assertThat(reach.isNone()).isTrue();
    assertThatThrownBy(() -> specific.scopes().add(new Scope("c")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> reach.issue().put(LIBRARY, GrantedScopes.all()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> reach.verify().add(LIBRARY))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void verifies_reach_namesTheApis() {
    assertThat(Reach.everything().verifies(APPSEC)).isTrue();
    assertThat(Reach.verifying(List.of(APPSEC)).verifies(APPSEC)).isTrue();
    assertThat(Reach.verifying(List.of(APPSEC)).verifies(LIBRARY)).isFalse();
    assertThat(Reach.issuing(APPSEC, GrantedScopes.all()).verifies(APPSEC)).isFalse();
    assertThat(Reach.none().verifies(APPSEC)).isFalse();
    assertThat(Reach.none().isNone()).isTrue();
    assertThat(Reach.everything().isNone()).isFalse();
    assertThat(Reach.verifying(List.of(APPSEC)).isNone()).isFalse();
    assertThat(Reach.issuing(APPSEC, GrantedScopes.all()).isNone()).isFalse();
  }

  @Test
  void grantId_anythingButAHash_throws() {
    String hash = "0123456789abcdef".repeat(4);
    assertThat(new GrantId(hash)).hasToString(hash);
    for (String wrong :
        List.of(
            "", hash.substring(1), hash + "0", hash.replace('a', 'A'), hash.replace('a', 'g'))) {
      assertThatThrownBy(() -> new GrantId(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void toString_ofScopesAndReach_isWords() {
    assertThat(GrantedScopes.all()).hasToString("all scopes");
    assertThat(specific("b", "a")).hasToString("a b");
    assertThat(Reach.everything()).hasToString("everything");
  }

  private static GrantedScopes specific(String... names) {
    TreeSet<Scope> scopes = new TreeSet<>();
    for (String name : names) {
      scopes.add(new Scope(name));
    }
    return new GrantedScopes.Specific(scopes);
  }
}
