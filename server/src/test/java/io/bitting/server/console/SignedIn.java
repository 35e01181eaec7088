package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.MemberMother;
import io.bitting.fixtures.PersonMother;
import io.bitting.id.Base62;
import io.bitting.id.OrganizationId;
import io.bitting.id.SignInId;
import io.bitting.member.Factor;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.organization.Role;
import io.bitting.seal.Bytes;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import io.bitting.server.http.Caller;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Somebody with a role who is signed in to the console of a test's server, having just proved the
 * password and, where there is one, the second factor. Put into the store as it is, so that pages
 * can be tried without the door.
 *
 * @param tenant the organization
 * @param member the member
 * @param person the person
 * @param signIn the sign-in
 * @param cookie the value of its cookie
 */
public record SignedIn(Tenant tenant, Member member, Person person, SignIn signIn, String cookie) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Somebody with a second factor. */
  public static SignedIn as(Tenant tenant, Role role) {
    return as(tenant, role, now());
  }

  /** Somebody with a second factor, who came at a time of the server's clock. */
  public static SignedIn as(Tenant tenant, Role role, Instant now) {
    return of(tenant, role, PersonMother.person().mfaSince(now).build(), now);
  }

  /** Somebody without a second factor. */
  public static SignedIn withoutFactor(Tenant tenant, Role role) {
    return of(tenant, role, PersonMother.person().build(), now());
  }

  /** Somebody without a second factor, who came at a time of the server's clock. */
  public static SignedIn withoutFactor(Tenant tenant, Role role, Instant now) {
    return of(tenant, role, PersonMother.person().build(), now);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  private static SignedIn of(Tenant tenant, Role role, Person person, Instant now) {
    Member member =
        MemberMother.member(new OrganizationId(tenant.id()), person.id()).role(role).build();
    byte[] letters = new byte[32];
    Base62.fill(RANDOM, letters, 0, letters.length);
    String cookie = new String(letters, StandardCharsets.US_ASCII);
    SignIn signIn =
        new SignIn(
            SignInId.generate(RANDOM),
            Bytes.sha256(cookie),
            person.id(),
            now,
            now,
            person.hasMfa()
                ? Map.of(Factor.PASSWORD, now, Factor.TOTP, now)
                : Map.of(Factor.PASSWORD, now),
            "127.0.0.1",
            "a test",
            null);
    tenant
        .server()
        .store()
        .write(writer -> {
          writer.people().insertPerson(person);
          writer.people().insertMember(member);
          writer.credentials().insertSignIn(signIn);
          return signIn;
        });
    return new SignedIn(tenant, member, person, signIn, cookie);
  }

  /** Returns the member as one who asks endpoints. */
  public Caller.Member caller() {
    return new Caller.Member(member.organization(), member.id(), person.id(), signIn.id());
  }

  /** Opens a page. Where it leads on, that is not followed. */
  public TestServer.Reply get(String path) {
    return tenant.server().browse(request(path).GET().build());
  }

  /**
   * Sends a form with the token that belongs to it.
   *
   * @param path where to
   * @param fields names and values in turn; a name may stand more than once
   */
  public TestServer.Reply post(String path, String... fields) {
    StringJoiner form = new StringJoiner("&");
    form.add(FormToken.FIELD + "=" + FormToken.of(cookie));
    for (int i = 0; i < fields.length; i += 2) {
      form.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
    }
    return postRaw(path, form.toString());
  }

  /** Sends a form as it is. */
  public TestServer.Reply postRaw(String path, String form) {
    return tenant
        .server()
        .browse(
            request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
  }

  HttpRequest.Builder request(String path) {
    return tenant.server().request("", path).header("Cookie", "__Host-bitting=" + cookie);
  }

  /** Opens a page that has to be there. */
  public String page(String path) {
    TestServer.Reply reply = get(path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
