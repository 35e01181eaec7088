package io.bitting.access;

import static io.bitting.access.SampleInstallation.BEGINNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.audit.Actor;
import io.bitting.fixtures.SeededRandom;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.key.Key;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.SecretDigest;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.KeyRow;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** At most 200 bytes of heap a key, with 500 distinct grants among 200,000 keys. */
final class KeyIndexMemoryTest {
  private static final int KEYS = 200_000;
  private static final int GRANTS = 500;
  private static final int SCOPES = 60;
  private static final int ORGANIZATIONS = 100;
  private static final Pattern TOTAL = Pattern.compile("Total\\s+[0-9]+\\s+([0-9]+)");

  /** Counts live objects, which needs no luck with the collector: the JVM collects, then counts. */
  @Test
  void contents_twoHundredThousandKeys_takeAtMostTwoHundredBytesEach() throws Exception {
    long before = liveBytes();
    KeyIndex.Contents contents = new KeyIndex.Contents(0);
    fill(contents);
    long after = liveBytes();
    assertThat(contents.keys.size()).isEqualTo(KEYS);
    // Below 100 the measurement would be wrong: an entry has 56 bytes, and its digest 48.
    assertThat((after - before) / KEYS).isBetween(100L, 200L);
  }

  private static void fill(KeyIndex.Contents contents) {
    ApiId api = new ApiId("appsec");
    List<CatalogEntry> entries = new ArrayList<>();
    for (int i = 0; i < SCOPES; i++) {
      entries.add(SampleInstallation.own("scope" + i));
    }
    contents.api(intact(new Api(api, "AppSec", new KeyPrefix("nex"), null, BEGINNING, 1)));
    contents.catalog(intact(Catalog.of(api, 1, entries)));

    SeededRandom random = new SeededRandom(1);
    List<OrganizationId> organizations = new ArrayList<>();
    for (int i = 0; i < ORGANIZATIONS; i++) {
      OrganizationId id = OrganizationId.generate(random);
      organizations.add(id);
      contents.organization(
          intact(new Organization(id, new Slug("o" + i), "o", false, false, true, BEGINNING, 1)));
    }
    SplittableRandom choice = new SplittableRandom(2);
    for (int i = 0; i < KEYS; i++) {
      KeyId id = KeyId.generate(random);
      Grant grant = grant(api, i % GRANTS);
      byte[] digest = new byte[SecretDigest.LENGTH];
      choice.nextBytes(digest);
      Key key =
          new Key(
              id,
              organizations.get(choice.nextInt(ORGANIZATIONS)),
              "key " + i,
              "",
              grant,
              grant.id(),
              KeyState.ACTIVE,
              BEGINNING,
              new Actor(Actor.Kind.OPERATOR, "test"),
              null,
              1);
      KeySecret secret = new KeySecret(id, 1, SecretDigest.of(digest), BEGINNING, BEGINNING, 1);
      contents.key(intact(new KeyRow(key, List.of(intact(secret)))));
    }
  }

  private static Grant grant(ApiId api, int number) {
    SplittableRandom random = new SplittableRandom(number);
    List<Scope> scopes = new ArrayList<>(List.of(new Scope("scope" + number % SCOPES)));
    for (int i = 0; i < 10; i++) {
      scopes.add(new Scope("scope" + random.nextInt(SCOPES)));
    }
    return Grant.of(api, GrantedScopes.specific(scopes));
  }

  private static <T> Sealed<T> intact(T row) {
    return Sealed.of(row, SealVerdict.INTACT);
  }

  private static long liveBytes() throws Exception {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    Matcher total = TOTAL.matcher((String) histogram);
    assertThat(total.find()).isTrue();
    return Long.parseLong(total.group(1));
  }
}
