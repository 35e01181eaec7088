package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.jdbc.TestDatabases;
import io.bitting.organization.Role;
import io.bitting.server.console.SignedIn;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two servers on one PostgreSQL: what becomes of a member at one of them holds at the other from
 * the next request on (A10, ASVS 7.4.1 to 7.4.3), and an organization keeps an owner.
 */
final class MembersOnTwoNodesTest {
  private static final TestDatabases.Postgresql DATABASE = TestDatabases.postgresql();

  private static TestServer one;
  private static TestServer two;

  @BeforeAll
  static void start() {
    Path folder = TestServer.newFolder();
    Path pepper = folder.resolve("pepper.keyset");
    Keysets.create(pepper, new SecureRandom());
    ServerSettings usual =
        TestServer.settings(
            new ServerSettings.Postgresql(DATABASE.url(), Optional.empty(), Optional.empty()));
    ServerSettings settings =
        new ServerSettings(
            usual.database(),
            usual.edge(),
            usual.admin(),
            usual.grpc(),
            Optional.of(pepper),
            Duration.ofSeconds(60));
    one = TestServer.start(folder, settings);
    two = TestServer.restart(TestServer.newFolder(), settings, one.ownerToken());
  }

  @AfterAll
  static void stop() {
    two.close();
    one.close();
    DATABASE.close();
  }

  /** The same person with the same cookie, at the other server. */
  private static SignedIn atTwo(SignedIn somebody) {
    Tenant there = somebody.tenant();
    return new SignedIn(
        new Tenant(two, there.id(), there.slug(), there.owner()),
        somebody.member(),
        somebody.person(),
        somebody.signIn(),
        somebody.cookie());
  }

  /** How somebody stops being who they were. */
  enum End {
    REMOVED {
      @Override
      void of(SignedIn somebody) {
        Tenant tenant = somebody.tenant();
        one.post(
                tenant.owner(),
                tenant.path("/members/" + somebody.member().id().text() + "/remove"),
                "")
            .ok();
      }
    },
    REMOVED_IN_THE_CONSOLE {
      @Override
      void of(SignedIn somebody) {
        TestServer.Reply reply =
            SignedIn.as(somebody.tenant(), Role.OWNER)
                .post(
                    "/members/" + somebody.member().id().text() + "/remove",
                    "confirm",
                    somebody.person().mail().text());
        assertThat(reply.status()).as(reply.text()).isEqualTo(303);
      }
    },
    GONE {
      @Override
      void of(SignedIn somebody) {
        TestServer.Reply reply =
            somebody.post("/organization/leave", "organization", somebody.tenant().slug());
        assertThat(reply.status()).as(reply.text()).isEqualTo(303);
      }
    },
    SIGNED_OUT {
      @Override
      void of(SignedIn somebody) {
        somebody.post("/sign-out");
      }
    },
    DISABLED {
      @Override
      void of(SignedIn somebody) {
        one.store()
            .write(writer -> {
              writer.people().updatePerson(somebody.person().disabled(true));
              return somebody;
            });
      }
    };

    abstract void of(SignedIn somebody);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void whoHasGoneAtOne_isNobodyAtTheOther(End end) {
    Tenant tenant = one.tenant();
    SignedIn here = SignedIn.as(tenant, Role.MEMBER);
    SignedIn there = atTwo(here);
    there.page("/keys");
    end.of(here);
    String before = tenant.everything();
    for (SignedIn each : List.of(there, here)) {
      for (TestServer.Reply reply :
          List.of(
              each.get("/keys"),
              each.get("/members"),
              each.post("/settings/name", "name", "After all"),
              each.post("/keys", "api", "bitting", "name", "late", "scopes", "org:read"))) {
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location")).startsWith("/sign-in");
      }
    }
    assertThat(tenant.everything()).isEqualTo(before);
  }

  /** A9, A10: an invitation by somebody who is gone lets nobody in, at either server. */
  @Test
  void invitationOfSomebodyWhoIsGone_letsNobodyIn() {
    Tenant tenant = one.tenant();
    SignedIn admin = SignedIn.as(tenant, Role.ADMIN);
    String mail = one.unique("kim") + "@example.com";
    Matcher link =
        Pattern.compile("/join#([0-9A-Za-z_-]+)")
            .matcher(admin.post("/members/invitations", "mail", mail, "role", "member").text());
    assertThat(link.find()).isTrue();
    TestBrowser kim = new TestBrowser(two);
    kim.page("/join");
    // The control: until then it is one.
    assertThat(kim.post("/join/code", "code", link.group(1)).status()).isEqualTo(200);
    End.REMOVED_IN_THE_CONSOLE.of(admin);
    assertThat(kim.post("/join/code", "code", link.group(1)).status()).isEqualTo(403);
    assertThat(
            kim.post(
                    "/join",
                    "code",
                    link.group(1),
                    "name",
                    "Kim",
                    "password",
                    "sieben müde Igel im Laub")
                .status())
        .isEqualTo(403);
  }

  /** A10: the last two owners go at the same moment, each at another server: one stays. */
  @Test
  void lastOwners_atOnce_oneStays() {
    for (int i = 0; i < 4; i++) {
      Tenant tenant = one.tenant();
      SignedIn ada = SignedIn.as(tenant, Role.OWNER);
      SignedIn kim = atTwo(SignedIn.as(tenant, Role.OWNER));
      List<SignedIn> owners = List.of(ada, kim);
      Race.of(
          2,
          runner ->
              owners
                  .get(runner)
                  .post("/organization/leave", "organization", tenant.slug())
                  .status());
      assertThat(one.items(tenant.owner(), tenant.path("/members"), 200))
          .as("round " + i)
          .singleElement()
          .satisfies(member -> assertThat(member.path("role").asText()).isEqualTo("owner"));
    }
  }
}
