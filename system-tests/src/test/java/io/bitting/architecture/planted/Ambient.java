package io.bitting.architecture.planted;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Takes time and chance from wherever it finds them. */
@SuppressWarnings({"JavaUtilDate", "JavaInstantGetSecondsGetNano", "SystemOut"})
public final class Ambient {
  private Ambient() {}

  public static final class AsksInstant {
    private AsksInstant() {}

    static Instant time() {
      return Instant.now();
    }
  }

  public static final class AsksClock {
    private AsksClock() {}

    static Clock time() {
      return Clock.systemUTC();
    }
  }

  public static final class AsksSystem {
    private AsksSystem() {}

    static long time() {
      return System.currentTimeMillis();
    }
  }

  public static final class AsksDate {
    private AsksDate() {}

    static Date time() {
      return new Date();
    }
  }

  public static final class AsksByReference {
    private AsksByReference() {}

    static Supplier<Instant> time() {
      return Instant::now;
    }
  }

  public static final class Prints {
    private Prints() {}

    static void line() {
      System.out.println("line");
    }
  }

  public static final class PrintsErrors {
    private PrintsErrors() {}

    static void line() {
      System.err.println("line");
    }
  }

  public static final class PrintsTraces {
    private PrintsTraces() {}

    static void trace(IllegalStateException e) {
      e.printStackTrace();
    }
  }

  public static final class DrawsRandom {
    private DrawsRandom() {}

    static int number() {
      return new Random().nextInt();
    }
  }

  public static final class DrawsMath {
    private DrawsMath() {}

    static double number() {
      return Math.random();
    }
  }

  public static final class DrawsUuid {
    private DrawsUuid() {}

    static UUID id() {
      return UUID.randomUUID();
    }
  }

  public static final class DrawsThreadLocal {
    private DrawsThreadLocal() {}

    static int number() {
      return ThreadLocalRandom.current().nextInt();
    }
  }

  public static final class DrawsSplittable {
    private DrawsSplittable() {}

    static int number() {
      return new SplittableRandom().nextInt();
    }
  }

  public static final class Sleeps {
    private Sleeps() {}

    static void doze() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  public static final class SleepsByUnit {
    private SleepsByUnit() {}

    static void doze() throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
