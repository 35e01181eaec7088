package io.bitting.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.OrganizationMother;
import io.bitting.grant.Grant;
import io.bitting.organization.Organization;
import io.bitting.review.PlainReview.PlainCall;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.usage.KeyUse;
import io.bitting.usage.Use;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;

/**
 * Right-sizing is sound and irreducible: over random catalogs, grants and traffic, the proposed
 * grant denies none of what was allowed, and without any one of its scopes it denies something, as
 * a model of plain sets says.
 */
final class RightSizeModelTest {
  private static final Organization ORGANIZATION = OrganizationMother.organization().build();
  private static final Map<String, Integer> OUTCOMES = new HashMap<>();

  /** What the ways of a bad proposal are called. */
  private enum Fault {
    DENIES,
    CAN_LOSE_ONE,
    GAINS,
    NAMES_RETIRED,
    MORE_HARM_THAN_NEEDED,
    WRONG_KIND
  }

  /** One random catalog, grant and traffic. */
  private static final class Round {
    final PlainReview plain;
    final Catalog catalog;
    final Grant present;
    final List<PlainCall> allowed = new ArrayList<>();
    final KeyUse recorded;
    final Map<Fault, String> faults = new EnumMap<>(Fault.class);

    Round(long seed, boolean complete) {
      SplittableRandom random = new SplittableRandom(seed);
      plain = new PlainReview(random);
      catalog = Reviews.catalog(plain);
      present = Reviews.grant(plain);
      List<Use> uses = new ArrayList<>();
      for (PlainCall call : plain.calls) {
        boolean allows = plain.allows(plain.granted(), call);
        if (allows) {
          allowed.add(call);
        }
        long times = random.nextInt(1, 1_000);
        uses.add(
            Reviews.use(
                Reviews.api(call),
                Reviews.requirement(call),
                allows ? times : 0,
                allows ? 0 : times));
      }
      recorded = Reviews.recorded(uses, complete);
    }

    RightSize size() {
      return RightSize.of(present, catalog, ORGANIZATION, recorded);
    }

    /** The calls that a grant of some scopes denies. */
    List<PlainCall> denied(Set<String> names) {
      List<PlainCall> denied = new ArrayList<>();
      for (PlainCall call : allowed) {
        if (!plain.allows(names, call)) {
          denied.add(call);
        }
      }
      return denied;
    }

    Set<String> candidates() {
      Set<String> candidates = plain.covered(plain.granted());
      candidates.removeIf(name -> plain.scopes.get(name).retired());
      return candidates;
    }

    void fault(boolean wrong, Fault fault, String words) {
      if (wrong) {
        faults.put(fault, words);
      }
    }

    void judge(Set<String> proposed) {
      for (PlainCall call : allowed) {
        fault(!plain.allows(proposed, call), Fault.DENIES, proposed + " denies " + call);
      }
      for (String name : proposed) {
        Set<String> less = new HashSet<>(proposed);
        less.remove(name);
        fault(denied(less).isEmpty(), Fault.CAN_LOSE_ONE, proposed + " does not need " + name);
        fault(plain.scopes.get(name).retired(), Fault.NAMES_RETIRED, name);
        less.addAll(candidates());
        less.removeIf(each -> harm(each) >= harm(name) && !proposed.contains(each));
        less.remove(name);
        fault(denied(less).isEmpty(), Fault.MORE_HARM_THAN_NEEDED, proposed + " needs no " + name);
      }
      fault(
          !plain.covered(plain.granted()).containsAll(plain.covered(proposed)),
          Fault.GAINS,
          proposed + " is more than " + plain.granted());
    }

    int harm(String name) {
      return catalog.covered(Set.of(new Scope(name))).stream()
          .mapToInt(each -> Reviews.LEVELS.indexOf(catalog.entry(each).orElseThrow().access()))
          .max()
          .orElseThrow();
    }

    boolean needsScopes() {
      return allowed.stream().anyMatch(call -> !call.alternatives().isEmpty());
    }
  }

  @Property(tries = 20_000)
  void of_anyTraffic_deniesNothingAndCanLoseNothing(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed) {
    Round round = new Round(seed, true);
    RightSize size = round.size();
    OUTCOMES.merge(size.getClass().getSimpleName(), 1, Integer::sum);
    if (size instanceof RightSize.Narrower narrower) {
      round.judge(Reviews.names(narrower.grant()));
      Set<String> dropped = new HashSet<>(round.plain.covered(round.plain.granted()));
      dropped.removeAll(round.plain.covered(Reviews.names(narrower.grant())));
      assertThat(narrower.dropped()).extracting(Scope::text).containsOnlyOnceElementsOf(dropped);
    } else if (size instanceof RightSize.Fits) {
      assertThat(round.plain.all).isFalse();
      for (String name : round.candidates()) {
        Set<String> without = round.candidates();
        without.removeIf(each -> round.plain.covered(Set.of(each)).contains(name));
        round.fault(round.denied(without).isEmpty(), Fault.CAN_LOSE_ONE, "fits without " + name);
      }
    } else if (size instanceof RightSize.NothingNeeded) {
      round.fault(round.needsScopes(), Fault.WRONG_KIND, "scopes were needed");
    } else {
      round.fault(
          !(size instanceof RightSize.OutOfReach) || round.denied(round.candidates()).isEmpty(),
          Fault.WRONG_KIND,
          String.valueOf(size));
    }
    assertThat(round.faults).isEmpty();
  }

  /** What the what-if says of a grant is what the model says of it, denied call for denied call. */
  @Property(tries = 10_000)
  void replay_anyOtherGrant_namesWhatTheModelDenies(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed) {
    Round round = new Round(seed, true);
    SplittableRandom random = new SplittableRandom(~seed);
    Set<String> other = new HashSet<>();
    List<String> names = List.copyOf(round.plain.scopes.keySet());
    while (other.isEmpty() || random.nextInt(3) != 0) {
      other.add(names.get(random.nextInt(names.size())));
    }
    WhatIf whatIf =
        WhatIf.replay(
            round.present, Reviews.grant(other), round.catalog, ORGANIZATION, round.recorded);
    assertThat(whatIf.denials())
        .extracting(denial -> denial.use().requirement())
        .isEqualTo(round.denied(other).stream().map(Reviews::requirement).toList());
    assertThat(whatIf.deniedCalls()).isLessThanOrEqualTo(whatIf.calls());
  }

  /** A window with lost counters leads to no proposal, whatever is left of its record. */
  @Property(tries = 2_000)
  void of_lostCounters_isNeverProposed(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed) {
    assertThat(new Round(seed, false).size())
        .isInstanceOfAny(RightSize.Doubtful.class, RightSize.OutOfReach.class);
  }

  @AfterContainer
  static void everyOutcomeWasSeen() {
    for (String outcome : List.of("Narrower", "Fits", "NothingNeeded", "OutOfReach")) {
      assertThat(OUTCOMES.getOrDefault(outcome, 0)).as(outcome).isGreaterThan(100);
    }
  }

  /** The control: a proposal with a scope taken away, or one put on top, is found out. */
  @Test
  void judge_proposalsThatWereTamperedWith_areFoundOut() {
    int tampered = 0;
    int denying = 0;
    int idle = 0;
    for (long seed = 0; seed < 2_000; seed++) {
      if (new Round(seed, true).size() instanceof RightSize.Narrower narrower
          && !narrower.dropped().isEmpty()) {
        tampered++;
        Set<String> least = Reviews.names(narrower.grant());
        Round less = new Round(seed, true);
        less.judge(new HashSet<>(List.copyOf(least).subList(1, least.size())));
        denying += less.faults.containsKey(Fault.DENIES) ? 1 : 0;
        Set<String> more = new HashSet<>(least);
        more.add(narrower.dropped().first().text());
        Round wide = new Round(seed, true);
        wide.judge(more);
        idle += wide.faults.containsKey(Fault.CAN_LOSE_ONE) ? 1 : 0;
      }
    }
    assertThat(tampered).isGreaterThan(300);
    assertThat(denying).isGreaterThan(tampered * 9 / 10);
    assertThat(idle).isEqualTo(tampered);
  }
}
