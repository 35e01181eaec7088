package io.bitting.seal;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys that seal rows, by version. Kept outside the database; the highest version seals, all of
 * them check.
 *
 * <p><b>Security guarantees.</b> Who can write to the database but lacks the keyset cannot make a
 * row that {@link #check} calls intact, nor move one from one place to another. Not given: an older
 * whole row put back in its own place with its own seal is intact; the audit chain shows that, this
 * does not. Neither {@code toString} nor any message here shows a key.
 *
 * <p>What has to be stored and read again, as the private half of a signing key, is encrypted under
 * a key derived from the pepper, and bound to its table and row: who has the database alone can
 * neither read it nor use it in another place. Not given: that it is the newest one for that row.
 *
 * <p>Immutable and thread-safe. A seal costs one HMAC-SHA-256 of the row.
 */
public final class PepperKeyset {
  private static final int KEY_LENGTH = 32;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,5})\\s+(\\S+)");
  private static final String HEAD =
      """
      # Bitting's pepper keyset: seals the rows of the database. Keep it secret, outside the database and its backups.
      # version, key (base64)
      """;

  private final SortedMap<Integer, Mac> prototypes = new TreeMap<>();
  private final SortedMap<Integer, byte[]> keys = new TreeMap<>();

  private PepperKeyset(SortedMap<Integer, byte[]> keys) {
    keys.forEach((version, key) -> {
      this.keys.put(version, key.clone());
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        prototypes.put(version, mac);
      } catch (NoSuchAlgorithmException | InvalidKeyException e) {
        throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
      }
    });
  }

  /**
   * Makes a keyset with one new pepper, version 1.
   *
   * @param random where its bits come from
   */
  public static PepperKeyset generate(SecureRandom random) {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    SortedMap<Integer, byte[]> keys = new TreeMap<>();
    keys.put(1, key);
    return new PepperKeyset(keys);
  }

  /**
   * Reads a keyset from its text form: one line a version, a number and 32 bytes in base64; lines
   * that begin with {@code #} are remarks.
   *
   * @param text the contents of a keyset file
   * @throws IllegalArgumentException if a line is not so, a version stands twice or there is none;
   *     the message names the line, not its contents
   */
  public static PepperKeyset parse(String text) {
    SortedMap<Integer, byte[]> keys = new TreeMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      Matcher parts = LINE.matcher(stripped);
      byte @Nullable [] key = parts.matches() ? decode(parts.group(2)) : null;
      if (key == null) {
        throw new IllegalArgumentException(
            "line " + number + " of the pepper keyset is not a version and 32 bytes in base64");
      }
      if (keys.put(Integer.parseInt(parts.group(1)), key) != null) {
        throw new IllegalArgumentException(
            "line " + number + " of the pepper keyset repeats version " + parts.group(1));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "the pepper keyset has no key; make one with: bitting pepper create");
    }
    return new PepperKeyset(keys);
  }

  private static byte @Nullable [] decode(String base64) {
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      return key.length == KEY_LENGTH ? key : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Returns the text form, keys included: for a file that only its owner can read. */
  public String revealText() {
    StringBuilder text = new StringBuilder(HEAD);
    keys.forEach((version, key) ->
        text.append(version)
            .append(' ')
            .append(Base64.getEncoder().encodeToString(key))
            .append('\n'));
    return text.toString();
  }

  /** Returns the version that seals. */
  public int primary() {
    return keys.lastKey();
  }

  /** Returns all versions that check. */
  public SortedSet<Integer> versions() {
    return new TreeSet<>(keys.keySet());
  }

  /**
   * Seals a row.
   *
   * @param canonical its canonical form
   */
  public Seal seal(byte[] canonical) {
    return new Seal(primary(), Bytes.of(mac(primary(), canonical)));
  }

  /**
   * Checks a row, in constant time.
   *
   * @param seal the seal that was stored with it
   * @param canonical the canonical form of the row as it was read
   */
  public SealVerdict check(Seal seal, byte[] canonical) {
    if (!prototypes.containsKey(seal.pepperVersion())) {
      return SealVerdict.UNKNOWN_VERSION;
    }
    return seal.mac().equals(Bytes.of(mac(seal.pepperVersion(), canonical)))
        ? SealVerdict.INTACT
        : SealVerdict.BROKEN;
  }

  /**
   * Encrypts a secret for one row: AES-256-GCM under a key derived from the pepper that seals.
   *
   * @param table the table
   * @param row names the row within it
   * @param secret what nobody may read; stays as it is
   * @param random gives the nonce
   */
  public Encrypted encrypt(String table, String row, byte[] secret, SecureRandom random) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, primary(), table, row, nonce);
      byte[] bytes = Arrays.copyOf(nonce, NONCE_LENGTH + cipher.getOutputSize(secret.length));
      cipher.doFinal(secret, 0, secret.length, bytes, NONCE_LENGTH);
      return new Encrypted(primary(), Bytes.of(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-256-GCM", e);
    }
  }

  /**
   * Decrypts a secret.
   *
   * @param table the table
   * @param row names the row within it
   * @param encrypted what is stored there
   * @return empty if the keyset lacks the version, or this was not encrypted for that row
   */
  public Optional<byte[]> decrypt(String table, String row, Encrypted encrypted) {
    byte[] bytes = encrypted.bytes().toArray();
    // With less, Java 17 throws what is no GeneralSecurityException.
    if (!prototypes.containsKey(encrypted.pepperVersion())
        || bytes.length < NONCE_LENGTH + TAG_BITS / Byte.SIZE) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(bytes, NONCE_LENGTH);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, encrypted.pepperVersion(), table, row, nonce);
      return Optional.of(cipher.doFinal(bytes, NONCE_LENGTH, bytes.length - NONCE_LENGTH));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The key is HMAC-SHA-256 of a form that no sealed row has, as HKDF (RFC 5869) expands. */
  private Cipher cipher(int mode, int version, String table, String row, byte[] nonce)
      throws GeneralSecurityException {
    byte[] key = mac(version, Canonical.of("encryption-key").text("AES-256-GCM").toBytes());
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(Canonical.of("encrypted").text(table).text(row).toBytes());
    return cipher;
  }

  /**
   * Returns what a database keeps to recognise this keyset by, for each version, without learning
   * the key.
   *
   * @param epoch the identity of the database
   */
  public SortedMap<Integer, Bytes> checkValues(String epoch) {
    SortedMap<Integer, Bytes> values = new TreeMap<>();
    for (int version : keys.keySet()) {
      values.put(
          version,
          Bytes.of(
              mac(version, Canonical.of("pepper-check").text(epoch).number(version).toBytes())));
    }
    return values;
  }

  /**
   * Compares this keyset with what a database keeps.
   *
   * @param epoch the identity of the database
   * @param stored its check values by version
   * @return versions that the database knows with another key than this keyset has; these must not
   *     be used
   */
  public Set<Integer> mismatches(String epoch, SortedMap<Integer, Bytes> stored) {
    Set<Integer> wrong = new TreeSet<>();
    checkValues(epoch)
        .forEach((version, value) -> {
          Bytes kept = stored.get(version);
          if (kept != null && !kept.equals(value)) {
            wrong.add(version);
          }
        });
    return wrong;
  }

  private byte[] mac(int version, byte[] canonical) {
    try {
      Mac mac = (Mac) Objects.requireNonNull(prototypes.get(version)).clone();
      return mac.doFinal(canonical);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's HMAC-SHA-256 cannot be copied", e);
    }
  }

  @Override
  public String toString() {
    return "PepperKeyset" + keys.keySet();
  }
}
