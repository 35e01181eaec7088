package io.bitting.server.signin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.seal.Bytes;
import io.bitting.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An authenticator with one passkey, and the browser before it: what each puts into an answer can
 * be set, and is honest at first. Written from the standard, without the library that checks it.
 */
final class SoftwareAuthenticator {
  private static final int UP = 1;
  private static final int UV = 4;
  private static final int BE = 8;
  private static final int BS = 16;
  private static final int AT = 64;

  final byte[] credentialId;
  String origin = "https://auth.example.org";
  String rpId = "auth.example.org";
  String clientDataMore = ",\"crossOrigin\":false";
  String createType = "webauthn.create";
  String getType = "webauthn.get";
  boolean present = true;
  boolean verified = true;
  boolean synced;
  int algorithm = -7;
  long count;
  String userHandle = "person000001";
  private KeyPair keys;

  SoftwareAuthenticator() {
    this("credential 1");
  }

  SoftwareAuthenticator(String credentialId) {
    this.credentialId = credentialId.getBytes(StandardCharsets.UTF_8);
    takeNewKey();
  }

  /** Goes on under the same name with another key, as a forger would. */
  void takeNewKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a passkey: {@code RegistrationResponseJSON}. */
  JsonNode create(Bytes challenge) {
    byte[] attestation =
        join(
            cbor(0xa0, 3),
            text("fmt"),
            text("none"),
            text("attStmt"),
            cbor(0xa0, 0),
            text("authData"),
            bytes(authenticatorData(AT, join(new byte[16], length(), credentialId, coseKey()))));
    return credential(
        TestServer.json(
            "clientDataJSON",
            base64(clientData(createType, challenge)),
            "attestationObject",
            base64(attestation)));
  }

  /** Uses the passkey: {@code AuthenticationResponseJSON}. */
  JsonNode get(Bytes challenge) {
    byte[] clientData = clientData(getType, challenge);
    byte[] authenticatorData = authenticatorData(0, new byte[0]);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(authenticatorData);
      signature.update(sha256(clientData));
      return credential(
          TestServer.json(
              "clientDataJSON",
              base64(clientData),
              "authenticatorData",
              base64(authenticatorData),
              "signature",
              base64(signature.sign()),
              "userHandle",
              base64(userHandle.getBytes(StandardCharsets.UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode credential(String response) {
    return TestServer.parse(
        TestServer.json(
            "id",
            base64(credentialId),
            "rawId",
            base64(credentialId),
            "type",
            "public-key",
            "response",
            TestServer.parse(response)));
  }

  private byte[] clientData(String type, Bytes challenge) {
    return ("{\"type\":\""
            + type
            + "\",\"challenge\":\""
            + base64(challenge.toArray())
            + "\",\"origin\":\""
            + origin
            + "\""
            + clientDataMore
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] authenticatorData(int flags, byte[] more) {
    int all = flags | (present ? UP : 0) | (verified ? UV : 0) | (synced ? BE | BS : 0);
    return join(
        sha256(rpId.getBytes(StandardCharsets.UTF_8)),
        new byte[] {(byte) all},
        ByteBuffer.allocate(4).putInt((int) count).array(),
        more);
  }

  private byte[] length() {
    return ByteBuffer.allocate(2).putShort((short) credentialId.length).array();
  }

  /** RFC 9053, section 7.1: kty EC2, the algorithm, curve P-256, x and y. */
  private byte[] coseKey() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    return join(
        cbor(0xa0, 5),
        new byte[] {1, 2, 3},
        cbor(0x20, -1 - algorithm),
        new byte[] {0x20, 1, 0x21},
        bytes(coordinate(key.getW().getAffineX())),
        new byte[] {0x22},
        bytes(coordinate(key.getW().getAffineY())));
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static byte[] text(String text) {
    return join(cbor(0x60, text.length()), text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(byte[] bytes) {
    return join(cbor(0x40, bytes.length), bytes);
  }

  /** The head of a CBOR item: its major type and a number below 65,536. */
  private static byte[] cbor(int major, int number) {
    if (number < 24) {
      return new byte[] {(byte) (major | number)};
    }
    return number < 256
        ? new byte[] {(byte) (major | 24), (byte) number}
        : new byte[] {(byte) (major | 25), (byte) (number >> 8), (byte) number};
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
