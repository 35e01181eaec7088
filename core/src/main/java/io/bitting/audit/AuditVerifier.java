package io.bitting.audit;

import io.bitting.audit.AuditFinding.Kind;
import io.bitting.seal.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks the events of an audit chain against signed checkpoints, and says of what is wrong which
 * event it is and what happened to it.
 *
 * <p>Give it what there is, in its order: {@link #event}, {@link #checkpoint}, {@link #unreadable};
 * then {@link #finish}.
 *
 * <p>How: what a checkpoint signs is the hash of one event, that event carries the hash of the one
 * before it, and so on down to the first; so the events are placed from the last one down. Where
 * none has the hash that is asked for, something was done to the event of that number: if another
 * stands in its place it was altered, else it was removed. What is left over at the end was
 * inserted, and what is not in the order of its numbers was moved.
 *
 * <p><b>Security guarantees.</b> If the chain is whole, its events up to the last checkpoint are
 * those that were there when that was signed, all of them, from the first or from where retention
 * has cut the chain, which an event of the chain itself says. Not given: that nothing came later.
 * Events and checkpoints cut off together at the end leave no trace but in a checkpoint that was
 * kept elsewhere; see {@link #against}. Who alters an event and makes every later hash anew is
 * found at the next checkpoint, and then the events since the one before are named together.
 *
 * <p>Not thread-safe. Keeps some 300 bytes of each event; takes time in proportion to their number.
 */
public final class AuditVerifier {
  /** What an event is called by which retention says how far it has cut its chain. */
  public static final String CUT = "audit.cut";

  /** The part of such an event that has the number of the last event that is gone. */
  public static final String CUT_THROUGH = "through";

  private final Map<String, VerifyingKey> keys = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<Signed> checkpoints = new ArrayList<>();
  private final List<AuditFinding> findings = new ArrayList<>();
  private @Nullable AuditCheckpoint outside;
  private long events;

  /**
   * Begins.
   *
   * @param trusted the keys whose signatures count, which come from elsewhere than what is checked
   */
  public AuditVerifier(Collection<VerifyingKey> trusted) {
    trusted.forEach(key -> keys.put(key.id(), key));
  }

  private record Signed(long line, AuditCheckpoint checkpoint) {}

  /**
   * A line that is, or should be, an event.
   *
   * @param index its place among such lines, from 0
   * @param number the number that it states, 0 if it cannot be read
   * @param whole whether its content has its hash
   * @param through how far it says that retention has cut the chain, 0 if it says nothing
   */
  private record Line(
      int index,
      long line,
      AuditChain chain,
      long number,
      Optional<String> id,
      Bytes hash,
      Bytes previousHash,
      boolean whole,
      long through) {
    boolean isReadable() {
      return number > 0;
    }

    String name() {
      return id.map(text -> " (" + text + ")").orElse("");
    }
  }

  /**
   * Also holds the chain against a checkpoint that was kept elsewhere: only this finds that the end
   * was cut off together with its checkpoints.
   *
   * @param checkpoint the checkpoint, which has to be signed like the others
   */
  public void against(AuditCheckpoint checkpoint) {
    outside = checkpoint;
  }

  /**
   * Takes an event.
   *
   * @param line where it stands, from 1
   * @param event the event
   */
  public void event(long line, AuditEvent event) {
    add(line, event, event.chain().isWhole(event));
  }

  /**
   * Takes an event that is not written as it was exported, whatever it says: it counts as altered.
   *
   * @param line where it stands, from 1
   * @param event the event
   */
  public void rewritten(long line, AuditEvent event) {
    add(line, event, false);
  }

  private void add(long line, AuditEvent event, boolean whole) {
    events++;
    lines.add(
        new Line(
            lines.size(),
            line,
            event.chain(),
            event.number(),
            Optional.of(event.id().text()),
            event.hash(),
            event.previousHash(),
            whole,
            through(event)));
  }

  private static long through(AuditEvent event) {
    if (!event.act().action().equals(CUT)) {
      return 0;
    }
    for (AuditEvent.Change change : event.act().changes()) {
      String after = change.after();
      if (change.name().equals(CUT_THROUGH) && after != null && after.matches("[0-9]{1,18}")) {
        return Long.parseLong(after);
      }
    }
    return 0;
  }

  /**
   * Takes note of something that cannot be read.
   *
   * @param line where it stands, from 1
   * @param id what may be the id of an event there
   */
  public void unreadable(long line, Optional<String> id) {
    Bytes none = Bytes.zeros(0);
    lines.add(new Line(lines.size(), line, AuditChain.INSTALLATION, 0, id, none, none, false, 0));
  }

  /**
   * Takes note of a checkpoint that cannot be read.
   *
   * @param line where it stands, from 1
   */
  public void unreadableCheckpoint(long line) {
    found(
        Kind.CHECKPOINT,
        0,
        0,
        Optional.empty(),
        line,
        "line " + line + " should be a checkpoint and cannot be read");
  }

  /**
   * Takes a checkpoint.
   *
   * @param line where it stands, from 1
   * @param checkpoint the checkpoint
   */
  public void checkpoint(long line, AuditCheckpoint checkpoint) {
    checkpoints.add(new Signed(line, checkpoint));
  }

  /** Says what is wrong. Nothing more can be given to it then. */
  public AuditVerification finish() {
    Optional<AuditChain> chain = chain();
    Optional<AuditCheckpoint> kept = checkOutside(chain);
    long signed = checkpoints.stream().filter(this::isSigned).count();
    NavigableMap<Long, AuditCheckpoint> anchors = anchors(chain, kept);
    Placement placement = new Placement(chain, anchors);
    placement.place();
    findings.sort(
        Comparator.comparingLong(AuditFinding::first).thenComparingLong(AuditFinding::line));
    return new AuditVerification(
        chain,
        events,
        signed,
        placement.lowest,
        anchors.isEmpty() ? 0 : anchors.lastKey(),
        findings);
  }

  private Optional<AuditCheckpoint> checkOutside(Optional<AuditChain> chain) {
    AuditCheckpoint given = outside;
    if (given == null) {
      return Optional.empty();
    }
    Optional<String> fault = fault(given);
    if (fault.isEmpty() && chain.isPresent() && !chain.get().equals(given.chain())) {
      fault =
          Optional.of("is of chain " + given.chain() + ", and the events are of " + chain.get());
    }
    fault.ifPresent(why ->
        found(
            Kind.CHECKPOINT,
            given.number(),
            given.number(),
            Optional.empty(),
            0,
            "the checkpoint to hold against, of event " + given.number() + ", " + why));
    return fault.isEmpty() ? Optional.of(given) : Optional.empty();
  }

  private Optional<String> fault(AuditCheckpoint checkpoint) {
    VerifyingKey key = keys.get(checkpoint.keyId());
    if (key == null) {
      return Optional.of(
          "names signing key " + checkpoint.keyId() + ", which is not the one that was given");
    }
    return key.hasSigned(checkpoint)
        ? Optional.empty()
        : Optional.of("does not have the signature of key " + checkpoint.keyId());
  }

  private boolean isSigned(Signed signed) {
    return fault(signed.checkpoint()).isEmpty();
  }

  /**
   * Tells which chain this is: of those that something is signed of, the one with the most events.
   */
  private Optional<AuditChain> chain() {
    Map<AuditChain, Long> events = new HashMap<>();
    for (Line line : lines) {
      if (line.whole()) {
        events.merge(line.chain(), 1L, Long::sum);
      }
    }
    Set<AuditChain> signed = new HashSet<>();
    checkpoints.stream()
        .filter(this::isSigned)
        .forEach(each -> signed.add(each.checkpoint().chain()));
    return (signed.isEmpty() ? events.keySet() : signed)
        .stream().max(Comparator.comparingLong(chain -> events.getOrDefault(chain, 0L)));
  }

  /** Returns what is signed of the chain, by number. */
  private NavigableMap<Long, AuditCheckpoint> anchors(
      Optional<AuditChain> chain, Optional<AuditCheckpoint> kept) {
    NavigableMap<Long, AuditCheckpoint> anchors = new TreeMap<>();
    kept.ifPresent(checkpoint -> anchors.put(checkpoint.number(), checkpoint));
    for (Signed signed : checkpoints) {
      AuditCheckpoint checkpoint = signed.checkpoint();
      String name = "the checkpoint of event " + checkpoint.number();
      Optional<String> fault = fault(checkpoint);
      if (fault.isPresent()) {
        found(signed, name + " " + fault.get());
      } else if (!chain.equals(Optional.of(checkpoint.chain()))) {
        found(signed, name + " is of another chain, " + checkpoint.chain());
      } else {
        AuditCheckpoint other = anchors.putIfAbsent(checkpoint.number(), checkpoint);
        if (other != null && !other.hash().equals(checkpoint.hash())) {
          found(signed, disagree(checkpoint.number()));
        }
      }
    }
    return anchors;
  }

  private static String disagree(long number) {
    return "two signed checkpoints speak of different events "
        + number
        + ": the chain was continued from an older state, such as a backup";
  }

  private void found(Signed signed, String sentence) {
    long number = signed.checkpoint().number();
    found(Kind.CHECKPOINT, number, number, Optional.empty(), signed.line(), sentence);
  }

  private void found(
      Kind kind, long first, long last, Optional<String> id, long line, String sentence) {
    findings.add(new AuditFinding(kind, first, last, id, line, sentence));
  }

  /** Finds the place of each line, from the last event down. */
  private final class Placement {
    private final Optional<AuditChain> chain;
    private final NavigableMap<Long, AuditCheckpoint> anchors;

    /** Whole events of this chain that have no place yet, by number. */
    private final NavigableMap<Long, List<Line>> free = new TreeMap<>();

    /** What else says that it is an event of some number, and has no place yet. */
    private final NavigableMap<Long, List<Line>> doubtful = new TreeMap<>();

    private final boolean[] taken = new boolean[lines.size()];

    /** Placed events, the last one first. */
    private final List<Line> placed = new ArrayList<>();

    /** The line placed last. */
    private @Nullable Line above;

    private long through;
    private long lowest;

    Placement(Optional<AuditChain> chain, NavigableMap<Long, AuditCheckpoint> anchors) {
      this.chain = chain;
      this.anchors = anchors;
      for (Line line : lines) {
        if (line.isReadable()) {
          (isOurs(line) ? free : doubtful)
              .computeIfAbsent(line.number(), first -> new ArrayList<>())
              .add(line);
        }
      }
    }

    private boolean isOurs(Line line) {
      return line.whole() && chain.equals(Optional.of(line.chain()));
    }

    void place() {
      long top = anchors.isEmpty() ? (free.isEmpty() ? 0 : free.lastKey()) : anchors.lastKey();
      unsigned(anchors.isEmpty() ? 0 : top);
      long number = top;
      boolean proved = !anchors.isEmpty();
      @Nullable Bytes wanted = null;
      while (number > 0) {
        AuditCheckpoint anchor = anchors.get(number);
        if (anchor != null) {
          if (wanted != null && proved && !wanted.equals(anchor.hash())) {
            found(Kind.CHECKPOINT, number, number, Optional.empty(), 0, disagree(number));
          } else {
            wanted = anchor.hash();
            proved = true;
          }
        }
        Optional<Line> found = wanted == null ? likely(number) : withHash(number, wanted);
        if (found.isPresent()) {
          Line line = found.get();
          take(line);
          placed.add(line);
          above = line;
          lowest = number;
          through = Math.max(through, line.through());
          wanted = line.previousHash();
          number--;
        } else if (isBeginning(number)) {
          beginsAfter(number);
          number = 0;
        } else {
          number = damaged(number, wanted);
          wanted = null;
          proved = false;
        }
      }
      leftOver();
      moved();
    }

    /** Names the events that follow what is signed. */
    private void unsigned(long signed) {
      List<Line> later = new ArrayList<>();
      free.tailMap(signed, false).values().forEach(later::addAll);
      if (later.isEmpty()) {
        return;
      }
      if (signed > 0) {
        later.forEach(this::take);
      }
      Line first = later.get(0);
      long last = later.get(later.size() - 1).number();
      found(
          Kind.UNSIGNED,
          first.number(),
          last,
          first.id(),
          first.line(),
          name(first.number(), last)
              + first.name()
              + (signed == 0
                  ? ": no checkpoint here was signed with the key, so nothing vouches for any event"
                  : ": the last signed checkpoint is of event "
                      + signed
                      + ", so nothing vouches for what follows"));
    }

    private void take(Line line) {
      taken[line.index()] = true;
      remove(line, free);
      remove(line, doubtful);
    }

    private static void remove(Line line, Map<Long, List<Line>> from) {
      List<Line> same = from.get(line.number());
      if (same != null) {
        same.remove(line);
        if (same.isEmpty()) {
          from.remove(line.number());
        }
      }
    }

    private Optional<Line> withHash(long number, Bytes hash) {
      return nearest(
          free.getOrDefault(number, List.of()).stream()
              .filter(line -> line.hash().equals(hash))
              .toList());
    }

    /** Of several that say the same, the one before the last one placed is in its place. */
    private Optional<Line> nearest(List<Line> same) {
      Line after = above;
      return same.stream()
          .filter(line -> after != null && line.line() == after.line() - 1)
          .findFirst()
          .or(() -> same.stream().findFirst());
    }

    /**
     * Finds the event of a number whose hash nobody knows, since the one after it is damaged: the
     * one with most of the chain before it.
     */
    private Optional<Line> likely(long number) {
      return free.getOrDefault(number, List.of()).stream()
          .max(Comparator.comparingLong(this::behind));
    }

    private long behind(Line from) {
      Line line = from;
      for (long count = 0; count < 1000; count++) {
        Line here = line;
        Optional<Line> before =
            free.getOrDefault(here.number() - 1, List.of()).stream()
                .filter(other -> other.hash().equals(here.previousHash()))
                .findFirst();
        if (before.isEmpty()) {
          boolean fits = here.number() == 1 && here.previousHash().equals(Bytes.zeros(32));
          return count + (fits ? 1 : 0);
        }
        line = before.get();
      }
      return 1000;
    }

    /** Nothing is left that could be an event of this number or one below. */
    private boolean isBeginning(long number) {
      return above != null
          && (through == number
              || (free.headMap(number, true).isEmpty()
                  && doubtful.headMap(number, true).isEmpty()
                  && block().isEmpty()));
    }

    private void beginsAfter(long number) {
      if (through < number) {
        found(
            Kind.TRUNCATED,
            through + 1,
            number,
            Optional.empty(),
            0,
            name(through + 1, number)
                + (through + 1 == number ? " is" : " are")
                + " missing at the beginning, and no event says that retention has cut that off");
      }
    }

    /**
     * Says what happened to the event of a number, and perhaps to those before it.
     *
     * @return the number to go on with
     */
    private long damaged(long number, @Nullable Bytes wanted) {
      Optional<Line> claimant = doubtful.getOrDefault(number, List.of()).stream().findFirst();
      if (claimant.isPresent()) {
        altered(number, claimant.get());
        return number - 1;
      }
      Optional<Line> other = free.getOrDefault(number, List.of()).stream().findFirst();
      if (other.isPresent()) {
        exchanged(number, other.get());
        return number - 1;
      }
      List<Line> block = block();
      long below = below(number, block);
      return block.isEmpty() ? missing(below, number, wanted) : unlike(below, number, block);
    }

    /** Returns the next number below that something says it has; what is beside counts not. */
    private long below(long number, List<Line> block) {
      long below = Optional.ofNullable(free.lowerKey(number)).orElse(0L);
      for (Map.Entry<Long, List<Line>> entry :
          doubtful.headMap(number, false).descendingMap().entrySet()) {
        if (!block.containsAll(entry.getValue())) {
          return Math.max(below, entry.getKey());
        }
      }
      return below;
    }

    private long missing(long below, long number, @Nullable Bytes wanted) {
      boolean end = above == null;
      long first = below + 1;
      found(
          end ? Kind.TRUNCATED : Kind.REMOVED,
          first,
          number,
          Optional.empty(),
          0,
          name(first, number)
              + (first == number ? " is missing" : " are missing")
              + (end ? " at the end, of which the checkpoint of event " + number + " speaks" : "")
              + (wanted == null ? "" : "; the hash of event " + number + " was " + wanted));
      return below;
    }

    /** What stands in the place of an event is another one by its number, or none at all. */
    private long unlike(long below, long number, List<Line> block) {
      block.forEach(this::take);
      Line line = block.get(block.size() - 1);
      above = line;
      long first = block.stream().anyMatch(Line::isReadable) ? number : below + 1;
      found(
          Kind.ALTERED,
          first,
          number,
          line.id(),
          line.line(),
          name(first, number)
              + line.name()
              + (first == number ? " was altered: line " : " were altered: line ")
              + line.line()
              + (line.isReadable()
                  ? ", in its place, says that it is event " + line.number()
                  : " cannot be read"));
      return first - 1;
    }

    private static String name(long first, long last) {
      return first == last ? "event " + first : "events " + first + " to " + last;
    }

    /** Returns the damaged lines right before the last one placed, the last one first. */
    private List<Line> block() {
      List<Line> block = new ArrayList<>();
      int end = above == null ? lines.size() - 1 : above.index() - 1;
      while (above == null && end >= 0 && taken[end]) {
        end--;
      }
      for (int i = end; i >= 0 && !taken[i] && !isOurs(lines.get(i)); i--) {
        block.add(lines.get(i));
        if (lines.get(i).isReadable()) {
          break;
        }
      }
      return block;
    }

    private void altered(long number, Line line) {
      take(line);
      above = line;
      found(
          Kind.ALTERED,
          number,
          number,
          line.id(),
          line.line(),
          "event "
              + number
              + line.name()
              + (line.whole()
                  ? " was exchanged for one of another chain, " + line.chain()
                  : " was altered: it is not what its hash says"));
    }

    /**
     * An event that is whole is not the one that is asked for. Where a checkpoint asks, those
     * before it may have been altered as well, and every hash made anew; nothing tells which.
     */
    private void exchanged(long number, Line line) {
      take(line);
      above = line;
      Long vouched = anchors.lowerKey(number);
      long first =
          anchors.containsKey(number) ? (vouched == null ? lowestOf(line) : vouched + 1) : number;
      found(
          Kind.ALTERED,
          first,
          number,
          line.id(),
          line.line(),
          first == number
              ? "event "
                  + number
                  + line.name()
                  + " was altered and given a hash that fits: what follows was made for another"
              : "of "
                  + name(first, number)
                  + line.name()
                  + " one or more were altered and the hashes made anew: they do not lead to what was signed of event "
                  + number);
    }

    private long lowestOf(Line line) {
      return free.isEmpty() ? line.number() : Math.min(free.firstKey(), line.number());
    }

    /** What has no place is no part of the chain. */
    private void leftOver() {
      Set<Bytes> hashes = new HashSet<>();
      placed.forEach(line -> hashes.add(line.hash()));
      for (int i = 0; i < lines.size(); i++) {
        if (!taken[i]) {
          Line line = lines.get(i);
          found(
              Kind.INSERTED,
              line.number(),
              line.number(),
              line.id(),
              line.line(),
              "line " + line.line() + inserted(line, hashes));
        }
      }
    }

    private String inserted(Line line, Set<Bytes> hashes) {
      if (!line.isReadable()) {
        return " cannot be read, and no event is missing there: it was inserted";
      }
      String name = " is event " + line.number() + line.name();
      if (line.whole() && !isOurs(line)) {
        return name + " of another chain, " + line.chain() + ": it was inserted";
      }
      return hashes.contains(line.hash())
          ? name + " once more: it was inserted"
          : name + ", which is no part of the chain: it was inserted";
    }

    /** Names the fewest events that have to be put elsewhere to have them all in order. */
    private void moved() {
      List<Line> inFile = placed.stream().sorted(Comparator.comparingLong(Line::line)).toList();
      boolean[] inOrder = longestAscending(inFile);
      for (int i = 0; i < inFile.size(); i++) {
        if (!inOrder[i]) {
          Line line = inFile.get(i);
          found(
              Kind.REORDERED,
              line.number(),
              line.number(),
              line.id(),
              line.line(),
              "event "
                  + line.number()
                  + line.name()
                  + " was moved: it stands on line "
                  + line.line()
                  + (i == 0
                      ? ", before all others"
                      : ", after event " + inFile.get(i - 1).number()));
        }
      }
    }

    private static boolean[] longestAscending(List<Line> inFile) {
      int[] ends = new int[inFile.size()];
      int[] before = new int[inFile.size()];
      int length = 0;
      for (int i = 0; i < inFile.size(); i++) {
        int low = 0;
        int high = length;
        while (low < high) {
          int middle = (low + high) >>> 1;
          if (inFile.get(ends[middle]).number() < inFile.get(i).number()) {
            low = middle + 1;
          } else {
            high = middle;
          }
        }
        before[i] = low == 0 ? -1 : ends[low - 1];
        ends[low] = i;
        length = Math.max(length, low + 1);
      }
      boolean[] members = new boolean[inFile.size()];
      for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = before[i]) {
        members[i] = true;
      }
      return members;
    }
  }
}
