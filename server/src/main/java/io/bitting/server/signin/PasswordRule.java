package io.bitting.server.signin;

import io.bitting.id.DisplayName;
import io.bitting.issue.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a new password has to be (NIST SP 800-63B-4, section 3.1.1): {@value #LENGTH_ALONE}
 * characters, or {@value #LENGTH_WITH_FACTOR} beside a second factor; at most {@value
 * PasswordText#LENGTH_MAX}; none of the commonest, no row of the keyboard, nothing short said again
 * and again, and more than the person's own names. What kinds of characters it has does not matter,
 * and it need not be changed.
 *
 * <p><b>Security guarantees.</b> No sentence here repeats the password. Not given: that a password
 * was never stolen somewhere else; that would take a list of billions.
 *
 * <p>Immutable and thread-safe. Takes about a megabyte.
 */
public final class PasswordRule {
  /** The least length in code points of a password that is the only factor. */
  public static final int LENGTH_ALONE = 15;

  /** The least length in code points of a password beside a second factor. */
  public static final int LENGTH_WITH_FACTOR = 8;

  /** What is left of a password without the person's own words has to have as many characters. */
  private static final int OWN_PART_MIN = 8;

  /** Words that are shorter stand in too many others. */
  private static final int WORD_MIN = 3;

  /** A piece that is said again and again has to be at least as long. */
  private static final int PIECE_MIN = 8;

  private static final String PRODUCT = "bitting";
  private static final String COMMON = "common-passwords.txt";
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  /** Ways to run a finger over a keyboard, round and round. */
  private static final List<String> ROWS =
      List.of(
          "1234567890",
          "0123456789",
          "abcdefghijklmnopqrstuvwxyz",
          "qwertyuiop",
          "asdfghjkl",
          "zxcvbnm",
          "qwertyuiopasdfghjklzxcvbnm",
          "1234567890qwertyuiopasdfghjklzxcvbnm",
          "qazwsxedcrfvtgbyhnujmikolp",
          "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
          "1q2w3e4r5t6y7u8i9o0p",
          "q1w2e3r4t5y6u7i8o9p0");

  private final Set<String> common;
  private final List<String> rows = new ArrayList<>();

  /**
   * A password that somebody wants to have.
   *
   * @param password what was typed
   * @param withFactor whether a second factor is there, or comes in the same step
   * @param own what belongs to the person: name, mail address, the organization's name
   */
  public record Candidate(String password, boolean withFactor, Collection<String> own) {
    @Override
    public String toString() {
      return "Candidate";
    }
  }

  /** Reads the list of common passwords. */
  public PasswordRule() {
    common = read();
    for (String row : ROWS) {
      String endless = row.repeat(PasswordText.LENGTH_MAX / row.length() + 2);
      rows.add(endless);
      rows.add(new StringBuilder(endless).reverse().toString());
    }
  }

  private static Set<String> read() {
    try (InputStream in = PasswordRule.class.getResourceAsStream(COMMON)) {
      if (in == null) {
        throw new IllegalStateException("the list of common passwords is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("# ") && !line.equals("#"))
          .map(DisplayName::folded)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Says what is wrong with a password.
   *
   * @param pointer where it stands in what was sent
   * @param candidate the password
   * @return every fault; empty if it may be used
   */
  public List<Fault> faults(String pointer, Candidate candidate) {
    List<Fault> faults = new ArrayList<>();
    PasswordText text = PasswordText.of(candidate.password());
    length(pointer, candidate, text.length()).ifPresent(faults::add);
    if (text.length() > PasswordText.LENGTH_MAX) {
      return faults;
    }
    if (text.bytes().isEmpty()) {
      faults.add(
          new Fault(
              pointer,
              "password_not_unicode",
              "the password has half of a surrogate pair, which is no character",
              "send whole characters"));
      return faults;
    }
    String folded = DisplayName.folded(text.text());
    if (isCommon(folded)) {
      faults.add(
          new Fault(
              pointer,
              "password_common",
              "the password is one of those that are tried first",
              "take several words that have nothing to do with each other"));
    } else if (isPersonal(folded, candidate.own())) {
      faults.add(
          new Fault(
              pointer,
              "password_personal",
              "the password is little more than your name, your address or the name of what you"
                  + " sign in to",
              "take words that nobody would connect with you"));
    }
    return faults;
  }

  /**
   * Tells whether a password is long enough to be the only factor.
   *
   * @param password what was typed
   */
  static boolean sufficesAlone(String password) {
    return PasswordText.of(password).length() >= LENGTH_ALONE;
  }

  private static Optional<Fault> length(String pointer, Candidate candidate, int length) {
    int min = candidate.withFactor() ? LENGTH_WITH_FACTOR : LENGTH_ALONE;
    if (length < min) {
      return Optional.of(
          new Fault(
              pointer,
              "password_too_short",
              "the password has "
                  + length
                  + " characters; it needs "
                  + min
                  + (candidate.withFactor()
                      ? ""
                      : ", or " + LENGTH_WITH_FACTOR + " beside a second factor"),
              "take a longer one; several words are easy to keep in mind"));
    }
    if (length > PasswordText.LENGTH_MAX) {
      return Optional.of(
          new Fault(
              pointer,
              "password_too_long",
              "the password has " + length + " characters; it may have " + PasswordText.LENGTH_MAX,
              "take a shorter one"));
    }
    return Optional.empty();
  }

  private boolean isCommon(String folded) {
    return common.contains(folded) || isRepeated(folded) || isRow(folded);
  }

  /** Tells whether a text is a short piece, or a common one, said again and again. */
  private boolean isRepeated(String folded) {
    for (int piece = 1; piece <= folded.length() / 2; piece++) {
      if (folded.startsWith(folded.substring(piece))) {
        return piece < PIECE_MIN || common.contains(folded.substring(0, piece));
      }
    }
    return false;
  }

  private boolean isRow(String folded) {
    return rows.stream().anyMatch(row -> row.contains(folded));
  }

  /** Takes a person's own words out, and tells whether too little is left, or something common. */
  private boolean isPersonal(String folded, Collection<String> own) {
    String left = folded;
    for (String word : words(own)) {
      left = word.isEmpty() ? left : left.replace(word, "");
    }
    return !left.equals(folded) && (weight(left) < OWN_PART_MIN || isCommon(left));
  }

  /** Counts the characters that are not blanks or marks of ASCII. */
  private static long weight(String text) {
    return text.codePoints()
        .filter(point -> point > 0x7f || Character.isLetterOrDigit(point))
        .count();
  }

  /** Returns the words of what belongs to a person, the longest first. */
  private static SortedSet<String> words(Collection<String> own) {
    SortedSet<String> words =
        new TreeSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(word -> word));
    words.add(PRODUCT);
    for (String each : own) {
      words.add(DisplayName.folded(each));
      BETWEEN_WORDS
          .splitAsStream(DisplayName.folded(withoutTopDomain(each)))
          .filter(word -> word.codePointCount(0, word.length()) >= WORD_MIN)
          .forEach(words::add);
    }
    return words;
  }

  /** The end of a mail address is nobody's own. */
  private static String withoutTopDomain(String own) {
    int at = own.lastIndexOf('@');
    int dot = own.lastIndexOf('.');
    return at >= 0 && dot > at ? own.substring(0, dot) : own;
  }
}
