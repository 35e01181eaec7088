package io.bitting.review;

import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.usage.LastUse;
import io.bitting.usage.Use;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How much a key should worry its organization, and why in words. Points are comparable within one
 * review only; what they mean is in the findings.
 *
 * <p>Immutable and thread-safe.
 *
 * @param findings what was found, the worst first
 */
public record Risk(List<Finding> findings) {
  /** How many scopes a sentence names. */
  private static final int NAMED_MAX = 3;

  /** How great a risk is. In rising order. */
  public enum Level {
    /** Nothing was found. */
    NONE("none"),
    /** Worth a look. */
    LOW("low"),
    /** Worth a look soon. */
    MEDIUM("medium"),
    /** Worth a look now. */
    HIGH("high");

    private final String code;

    Level(String code) {
      this.code = code;
    }

    /** Returns the word used in JSON, CSV and the CLI. */
    public String code() {
      return code;
    }
  }

  /**
   * By when a review judges.
   *
   * @param now the time
   * @param from where its window begins; a key that was not used since then counts as unused
   */
  public record Terms(Instant now, Instant from) {}

  /** Copies the list and sorts it. */
  public Risk {
    findings =
        findings.stream().sorted(Comparator.comparingInt(Finding::points).reversed()).toList();
  }

  /**
   * Judges a key. A key that has expired can do nothing, so only that it is called is found.
   *
   * @param subject the key
   * @param terms by when
   */
  public static Risk of(Subject subject, Terms terms) {
    List<Finding> findings = new ArrayList<>();
    if (subject.expiresAt().filter(at -> !terms.now().isBefore(at)).isPresent()) {
      expiredCalled(subject).ifPresent(findings::add);
      return new Risk(findings);
    }
    Catalog catalog = subject.catalog();
    SortedSet<Scope> held =
        new Replay(subject.key().grant(), catalog, subject.organization()).held();
    int harm = harm(catalog, held);
    if (subject.key().grant().scopes().isAll()) {
      findings.add(
          new Finding(
              Finding.Kind.ALL_SCOPES,
              "may do everything that "
                  + catalog.api()
                  + " has to offer, "
                  + scopes(catalog, held)
                  + " today and whatever comes",
              15 * harm));
    }
    unused(subject, terms)
        .ifPresentOrElse(
            words -> findings.add(new Finding(Finding.Kind.UNUSED, words, 12 * harm)),
            () -> unusedScopes(subject, terms, held).ifPresent(findings::add));
    if (subject.expiresAt().isEmpty()) {
      findings.add(new Finding(Finding.Kind.NO_EXPIRY, "never expires", 5 * harm));
    }
    subject
        .makerGone()
        .ifPresent(maker ->
            findings.add(new Finding(Finding.Kind.MAKER_GONE, "was made by " + maker, 4 * harm)));
    if (subject.key().purpose().isEmpty()) {
      findings.add(new Finding(Finding.Kind.NO_PURPOSE, "has no purpose written down", 3));
    }
    return new Risk(findings);
  }

  /** A call of an expired key is denied, and no use of it, but it is recorded that it was made. */
  private static Optional<Finding> expiredCalled(Subject subject) {
    Instant expiry = subject.expiresAt().orElseThrow();
    return subject.recorded().uses().stream()
        .filter(use -> use.denied() > 0)
        .map(Use::last)
        .filter(last -> !last.isBefore(expiry))
        .max(Comparator.naturalOrder())
        .map(last ->
            new Finding(
                Finding.Kind.EXPIRED_CALLED,
                "expired on " + day(expiry) + " and is still called, last on " + day(last),
                20));
  }

  /** Says since when it was not used, if that is long. */
  private static Optional<String> unused(Subject subject, Terms terms) {
    Instant created = subject.key().createdAt();
    Optional<Instant> last = subject.recorded().last().map(LastUse::at);
    Instant idleSince = last.filter(at -> at.isAfter(created)).orElse(created);
    if (!idleSince.isBefore(terms.from())) {
      return Optional.empty();
    }
    String days = days(Duration.between(idleSince, terms.now()));
    String sure =
        subject.recorded().complete() ? "" : ", as far as is known: some of the record is lost";
    return Optional.of(
        last.isEmpty()
            ? "was never used in the " + days + " since it was made" + sure
            : "was last used " + days + " ago, on " + day(last.get()) + sure);
  }

  private static Optional<Finding> unusedScopes(
      Subject subject, Terms terms, SortedSet<Scope> held) {
    Catalog catalog = subject.catalog();
    RightSize size =
        RightSize.of(subject.key().grant(), catalog, subject.organization(), subject.recorded());
    if (!(size instanceof RightSize.Narrower narrower) || narrower.dropped().isEmpty()) {
      return Optional.empty();
    }
    SortedSet<Scope> dropped = narrower.dropped();
    Instant since =
        subject.key().createdAt().isAfter(terms.from()) ? subject.key().createdAt() : terms.from();
    return Optional.of(
        new Finding(
            Finding.Kind.UNUSED_SCOPES,
            "had no need of "
                + dropped.size()
                + " of its "
                + scopes(catalog, held)
                + " in "
                + days(Duration.between(since, terms.now()))
                + ": "
                + names(catalog, dropped),
            6 * harm(catalog, dropped) + Math.min(dropped.size(), 6)));
  }

  private static int harm(Catalog catalog, Collection<Scope> scopes) {
    return scopes.stream()
        .map(scope -> catalog.entry(scope).orElseThrow().access())
        .max(Comparator.naturalOrder())
        .map(Risk::weight)
        .orElse(0);
  }

  private static int weight(AccessLevel level) {
    return switch (level) {
      case READ -> 1;
      case WRITE -> 2;
      case DANGER -> 3;
    };
  }

  private static String scopes(Catalog catalog, Collection<Scope> scopes) {
    long dangerous =
        scopes.stream()
            .filter(scope -> catalog.entry(scope).orElseThrow().access() == AccessLevel.DANGER)
            .count();
    return scopes.size()
        + (scopes.size() == 1 ? " scope" : " scopes")
        + (dangerous == 0 ? "" : " (" + dangerous + " dangerous)");
  }

  /** Names the most harmful ones. */
  private static String names(Catalog catalog, Collection<Scope> scopes) {
    List<Scope> worst = new ArrayList<>(new TreeSet<>(scopes));
    worst.sort(
        Comparator.comparing((Scope scope) -> catalog.entry(scope).orElseThrow().access())
            .reversed());
    String named =
        worst.stream().limit(NAMED_MAX).map(Scope::text).collect(Collectors.joining(", "));
    return worst.size() > NAMED_MAX
        ? named + " and " + (worst.size() - NAMED_MAX) + " more"
        : named;
  }

  private static String days(Duration duration) {
    long days = duration.toDays();
    if (days == 0) {
      return "less than a day";
    }
    return days == 1 ? "1 day" : days + " days";
  }

  private static LocalDate day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** Returns the sum of the findings' points. */
  public int points() {
    return findings.stream().mapToInt(Finding::points).sum();
  }

  /** Returns how great it is. */
  public Level level() {
    int points = points();
    if (points == 0) {
      return Level.NONE;
    }
    if (points < 20) {
      return Level.LOW;
    }
    return points < 50 ? Level.MEDIUM : Level.HIGH;
  }

  /** Returns the findings in one clause. */
  public String words() {
    return findings.stream().map(Finding::words).collect(Collectors.joining("; "));
  }
}
