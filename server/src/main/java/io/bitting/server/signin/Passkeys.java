package io.bitting.server.signin;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.BadTopOriginException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import io.bitting.seal.Bytes;
import io.bitting.server.http.Json;
import io.bitting.server.http.Malformed;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passkeys: what a browser is asked ({@code navigator.credentials}), and whether its answer proves
 * something (Web Authentication Level 3, sections 7.1 and 7.2).
 *
 * <p><b>Security guarantees.</b> An answer proves something only if it was made for this very
 * challenge, at this installation's own address and not within another's page, by an authenticator
 * that made sure of the person (PIN or biometrics) and signs with the key that is kept: so a
 * passkey is two factors in one, and cannot be phished. A counter that did not go up is refused,
 * since there may be a copy. Whatever in an answer cannot be read is refused, and nothing that goes
 * wrong here proves anything. Not given: that a challenge counts once, see {@link
 * Challenges}. Nor what kind of authenticator it
 * is: attestation is not asked for.
 *
 * <p>Immutable and thread-safe.
 */
public final class Passkeys {
  private static final int TIMEOUT_MILLIS = 300_000;
  private static final int AAGUID_LENGTH = 16;
  private static final int HEAD_LENGTH = AAGUID_LENGTH + Short.BYTES;

  /** ES256, EdDSA and RS256: what authenticators have, and no curve or padding besides. */
  private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
      List.of(
          COSEAlgorithmIdentifier.ES256,
          COSEAlgorithmIdentifier.EdDSA,
          COSEAlgorithmIdentifier.RS256);

  private static final ObjectConverter CONVERTER = new ObjectConverter();
  private static final WebAuthnManager WEB_AUTHN =
      WebAuthnManager.createNonStrictWebAuthnManager(CONVERTER);
  private static final AttestedCredentialDataConverter KEYS =
      new AttestedCredentialDataConverter(CONVERTER);

  private final String host;
  private final Origin origin;

  /**
   * Who is to get a passkey.
   *
   * @param handle names the person to the authenticator; tells nothing about them
   * @param mail what they sign in by, shown by the browser
   * @param name what they are called, shown by the browser
   */
  public record Owner(String handle, String mail, String name) {}

  /**
   * A passkey as it is kept; nothing of it is secret.
   *
   * @param credentialId what its authenticator calls it
   * @param publicKey the COSE key that its signatures are checked with
   * @param signCount the signatures that its authenticator has counted; 0 if it does not count
   * @param backupEligible whether it may be copied to other devices
   * @param backedUp whether it was
   */
  public record Kept(
      Bytes credentialId,
      Bytes publicKey,
      long signCount,
      boolean backupEligible,
      boolean backedUp) {}

  /** What an answer of a browser is worth. */
  public sealed interface Outcome {
    /**
     * It proves who has the passkey; or that a new one exists.
     *
     * @param passkey what to keep from now on
     */
    record Proved(Kept passkey) implements Outcome {}

    /**
     * It proves nothing.
     *
     * @param reason why, for the audit; whoever asked is told only that it was refused
     */
    record Refused(Reason reason) implements Outcome {}
  }

  /** Why an answer proves nothing. */
  public enum Reason {
    /** It cannot be read, or lacks something. */
    MALFORMED,
    /** It answers another challenge. */
    CHALLENGE,
    /** It was made at another address, or for one. */
    ORIGIN,
    /** The authenticator did not make sure of the person. */
    PERSON,
    /** The passkey is another one, or another person's. */
    PASSKEY,
    /** The signature is wrong. */
    SIGNATURE,
    /** The counter did not go up: there may be a copy of the passkey. */
    COUNTER
  }

  private Passkeys(URI base) {
    this.host = base.getHost();
    this.origin = new Origin(base.toString());
  }

  /**
   * Prepares to ask for passkeys at an address.
   *
   * @param baseUrl the address that callers know
   * @return empty if browsers have no passkeys there: it is neither {@code https} nor {@code
   *     localhost}, or names a host by its number
   */
  public static Optional<Passkeys> at(String baseUrl) {
    URI base = URI.create(baseUrl.toLowerCase(Locale.ROOT));
    String host = base.getHost();
    boolean named = host != null && host.matches(".*[a-z][a-z0-9-]*");
    boolean secure =
        "https".equals(base.getScheme())
            || ("http".equals(base.getScheme()) && "localhost".equals(host));
    return named && secure ? Optional.of(new Passkeys(base)) : Optional.empty();
  }

  /**
   * Says what to ask a browser for a new passkey: {@code PublicKeyCredentialCreationOptionsJSON}.
   *
   * @param challenge a fresh challenge
   * @param owner who gets it
   * @param known the credential ids that the person has, so that no authenticator holds two
   */
  public Map<String, Object> creationOptions(
      Bytes challenge, Owner owner, Collection<Bytes> known) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("rp", Map.of("id", host, "name", "Bitting"));
    options.put(
        "user",
        Map.of(
            "id",
            base64(owner.handle().getBytes(StandardCharsets.UTF_8)),
            "name",
            owner.mail(),
            "displayName",
            owner.name()));
    options.put("challenge", base64(challenge.toArray()));
    options.put(
        "pubKeyCredParams",
        ALGORITHMS.stream()
            .map(each -> Map.of("type", "public-key", "alg", each.getValue()))
            .toList());
    options.put("timeout", TIMEOUT_MILLIS);
    options.put("excludeCredentials", descriptors(known));
    options.put(
        "authenticatorSelection",
        Map.of("residentKey", "preferred", "userVerification", "required"));
    options.put("attestation", "none");
    return options;
  }

  /**
   * Says what to ask a browser for a proof: {@code PublicKeyCredentialRequestOptionsJSON}.
   *
   * @param challenge a fresh challenge
   * @param allowed the credential ids of the person; none if it is not known who signs in, so that
   *     the browser offers what it has
   */
  public Map<String, Object> requestOptions(Bytes challenge, Collection<Bytes> allowed) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("challenge", base64(challenge.toArray()));
    options.put("timeout", TIMEOUT_MILLIS);
    options.put("rpId", host);
    options.put("allowCredentials", descriptors(allowed));
    options.put("userVerification", "required");
    return options;
  }

  private static List<Map<String, String>> descriptors(Collection<Bytes> ids) {
    return ids.stream()
        .map(id -> Map.of("type", "public-key", "id", base64(id.toArray())))
        .toList();
  }

  /**
   * Reads which passkey an answer is of, so that it can be looked up. Proves nothing.
   *
   * @param answer what the browser gave, {@code AuthenticationResponseJSON}
   */
  public static Optional<Bytes> credentialId(JsonNode answer) {
    return Optional.ofNullable(bytes(answer, "rawId")).map(Bytes::of);
  }

  /** Reads which challenge an answer says that it is to. Proves nothing. */
  static Optional<Bytes> challenge(JsonNode answer) {
    byte[] said = bytes(answer.path("response"), "clientDataJSON");
    if (said == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(bytes(Json.read(said), "challenge")).map(Bytes::of);
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  /**
   * Checks the answer to {@link #creationOptions}.
   *
   * @param challenge the challenge that was asked with
   * @param answer what the browser gave, {@code RegistrationResponseJSON}
   */
  public Outcome enrol(Bytes challenge, JsonNode answer) {
    return proving(() -> {
      JsonNode response = answer.path("response");
      RegistrationData data =
          WEB_AUTHN.verify(
              new RegistrationRequest(
                  bytes(response, "attestationObject"), bytes(response, "clientDataJSON")),
              new RegistrationParameters(
                  server(challenge),
                  ALGORITHMS.stream()
                      .map(each ->
                          new PublicKeyCredentialParameters(
                              PublicKeyCredentialType.PUBLIC_KEY, each))
                      .toList(),
                  true));
      AuthenticatorData<?> made =
          requireNonNull(data.getAttestationObject()).getAuthenticatorData();
      AttestedCredentialData key = requireNonNull(made.getAttestedCredentialData());
      byte[] form = KEYS.convert(key);
      int head = HEAD_LENGTH + key.getCredentialId().length;
      return new Outcome.Proved(
          new Kept(
              Bytes.of(key.getCredentialId()),
              Bytes.of(Arrays.copyOfRange(form, head, form.length)),
              made.getSignCount(),
              made.isFlagBE(),
              made.isFlagBS()));
    });
  }

  /**
   * Checks the answer to {@link #requestOptions}.
   *
   * @param challenge the challenge that was asked with
   * @param kept the passkey that the answer names
   * @param handle the handle of the person who has it
   * @param answer what the browser gave, {@code AuthenticationResponseJSON}
   */
  public Outcome use(Bytes challenge, Kept kept, String handle, JsonNode answer) {
    return proving(() -> {
      JsonNode response = answer.path("response");
      byte[] user = bytes(response, "userHandle");
      if (!credentialId(answer).equals(Optional.of(kept.credentialId()))
          || (user != null && !handle.equals(new String(user, StandardCharsets.UTF_8)))) {
        return new Outcome.Refused(Reason.PASSKEY);
      }
      AuthenticationData data =
          WEB_AUTHN.verify(
              new AuthenticationRequest(
                  kept.credentialId().toArray(),
                  bytes(response, "authenticatorData"),
                  bytes(response, "clientDataJSON"),
                  bytes(response, "signature")),
              new AuthenticationParameters(server(challenge), record(kept), null, true));
      AuthenticatorData<?> now = requireNonNull(data.getAuthenticatorData());
      return new Outcome.Proved(
          new Kept(
              kept.credentialId(),
              kept.publicKey(),
              now.getSignCount(),
              kept.backupEligible(),
              now.isFlagBS()));
    });
  }

  private ServerProperty server(Bytes challenge) {
    return ServerProperty.builder()
        .origin(origin)
        .rpId(host)
        .challenge(new DefaultChallenge(challenge.toArray()))
        .topOrigin(null)
        .build();
  }

  private static CredentialRecordImpl record(Kept kept) {
    byte[] id = kept.credentialId().toArray();
    byte[] key = kept.publicKey().toArray();
    ByteBuffer form = ByteBuffer.allocate(HEAD_LENGTH + id.length + key.length);
    form.position(AAGUID_LENGTH).putShort((short) id.length).put(id).put(key);
    return new CredentialRecordImpl(
        null,
        true,
        kept.backupEligible(),
        kept.backedUp(),
        kept.signCount(),
        KEYS.convert(form.array()),
        null,
        null,
        null,
        null);
  }

  /** Whatever is thrown on the way, by a parser or a check, proves nothing. */
  private static Outcome proving(Supplier<Outcome> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      return new Outcome.Refused(
          switch (e) {
            case BadChallengeException _ -> Reason.CHALLENGE;
            case BadOriginException _ -> Reason.ORIGIN;
            case BadTopOriginException _ -> Reason.ORIGIN;
            case BadRpIdException _ -> Reason.ORIGIN;
            case UserNotPresentException _ -> Reason.PERSON;
            case UserNotVerifiedException _ -> Reason.PERSON;
            case BadSignatureException _ -> Reason.SIGNATURE;
            case MaliciousCounterValueException _ -> Reason.COUNTER;
            default -> Reason.MALFORMED;
          });
    }
  }

  private static byte @Nullable [] bytes(JsonNode object, String member) {
    String text = object.path(member).textValue();
    try {
      return text == null ? null : Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
