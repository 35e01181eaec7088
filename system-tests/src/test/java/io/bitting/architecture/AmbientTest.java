package io.bitting.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import io.bitting.architecture.planted.Ambient;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Time comes from a clock that is handed in, chance from a {@code SecureRandom}, and nobody sleeps
 * or prints.
 */
final class AmbientTest {

  /**
   * Something forbidden, where it is allowed all the same, and classes that were planted to do it.
   */
  record Ban(
      String what, Predicate<JavaAccess<?>> use, List<String> exceptions, List<Class<?>> planted) {

    ArchRule rule() {
      return ruleBut(exceptions);
    }

    ArchRule ruleBut(List<String> except) {
      return noClasses()
          .that(describe("are not excepted", type -> !except.contains(Codebase.outermost(type))))
          .should()
          .accessTargetWhere(describe(what, use));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Ban> bans() {
    return Stream.of(
        new Ban(
            "the clock of the machine is read",
            AmbientTest::readsTheClock,
            // Where a process begins.
            List.of(
                "io.bitting.server.BittingServer",
                "io.bitting.cli.Surroundings",
                "io.bitting.cli.ServerLaunch"),
            List.of(
                Ambient.AsksInstant.class,
                Ambient.AsksClock.class,
                Ambient.AsksSystem.class,
                Ambient.AsksDate.class,
                Ambient.AsksByReference.class)),
        new Ban(
            "something is printed",
            access ->
                accesses(access, System.class, Set.of("out", "err"))
                    || accesses(access, Throwable.class, Set.of("printStackTrace")),
            // The command line talks to whoever runs it.
            List.of("io.bitting.cli.Surroundings", "io.bitting.cli.ServerLaunch"),
            List.of(Ambient.Prints.class, Ambient.PrintsErrors.class, Ambient.PrintsTraces.class)),
        new Ban(
            "chance comes from a source that can be foreseen",
            AmbientTest::drawsWeakly,
            // Ids of requests, which are no secret.
            List.of("io.bitting.server.http.RequestId", "io.bitting.samples.RequestId"),
            List.of(
                Ambient.DrawsRandom.class,
                Ambient.DrawsMath.class,
                Ambient.DrawsUuid.class,
                Ambient.DrawsThreadLocal.class,
                Ambient.DrawsSplittable.class)),
        new Ban(
            "a thread sleeps",
            access ->
                accesses(access, Thread.class, Set.of("sleep"))
                    || accesses(access, java.util.concurrent.TimeUnit.class, Set.of("sleep")),
            List.of(),
            List.of(Ambient.Sleeps.class, Ambient.SleepsByUnit.class)));
  }

  private static boolean readsTheClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    boolean withoutParameters =
        access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget unit
            && unit.getRawParameterTypes().isEmpty();
    return (owner.startsWith("java.time.")
            && access.getTarget().getName().equals("now")
            && withoutParameters)
        || (owner.equals("java.time.Clock")
            && access.getTarget().getName().matches("(system|tick).*"))
        || accesses(access, System.class, Set.of("currentTimeMillis"))
        || (owner.equals("java.util.Date")
            && access.getTarget().getName().equals("<init>")
            && withoutParameters);
  }

  private static boolean drawsWeakly(JavaAccess<?> access) {
    return Set.of(
                "java.util.Random",
                "java.util.SplittableRandom",
                "java.util.concurrent.ThreadLocalRandom")
            .contains(access.getTargetOwner().getName())
        || accesses(access, Math.class, Set.of("random"))
        || accesses(access, java.util.UUID.class, Set.of("randomUUID"));
  }

  private static boolean accesses(JavaAccess<?> access, Class<?> owner, Set<String> members) {
    return access.getTargetOwner().isAssignableTo(owner)
        && members.contains(access.getTarget().getName());
  }

  @ParameterizedTest
  @MethodSource("bans")
  void shipped_keepsTheBan(Ban ban) {
    ban.rule().check(Codebase.shipped());
  }

  @ParameterizedTest
  @MethodSource("bans")
  void planted_breaksTheBanAndIsFound(Ban ban) {
    assertThat(ban.planted()).isNotEmpty();
    Codebase.assertFinds(ban.rule(), ban.planted().toArray(new Class<?>[0]));
  }

  @ParameterizedTest
  @MethodSource("bans")
  void exceptions_areStillNeeded(Ban ban) {
    for (String exception : ban.exceptions()) {
      assertThat(
              ban.ruleBut(List.of())
                  .evaluate(
                      Codebase.shipped()
                          .that(
                              describe(
                                  "are in " + exception,
                                  type -> Codebase.outermost(type).equals(exception))))
                  .hasViolation())
          .as("%s in %s", ban, exception)
          .isTrue();
    }
  }
}
