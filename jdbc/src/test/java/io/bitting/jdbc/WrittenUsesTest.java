package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.KeyId;
import io.bitting.usage.Origin;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WrittenUsesTest {
  private static final Origin HERE = new Origin("203.0.113.7", "curl/8.0");

  private final WrittenUses written = new WrittenUses();

  private static WrittenUses.LastUse use(KeyId key, int secret, int minute, Origin origin) {
    return new WrittenUses.LastUse(key, secret, minute, origin);
  }

  /** Whatever is new of a last use is written. */
  @Test
  void has_anythingElse_isNotThere() {
    KeyId key = new KeyId(5, 3);
    WrittenUses.LastUse use = use(key, 1, 100, HERE);
    assertThat(written.has(use)).isFalse();
    written.add(use);
    assertThat(written.has(use(key, 1, 100, new Origin("203.0.113.7", "curl/8.0")))).isTrue();

    List<WrittenUses.LastUse> others =
        List.of(
            use(key, 1, 101, HERE),
            use(key, 2, 100, HERE),
            use(new KeyId(5, 4), 1, 100, HERE),
            use(new KeyId(6, 3), 1, 100, HERE),
            use(key, 1, 100, Origin.UNKNOWN),
            use(key, 1, 100, new Origin("203.0.113.8", "curl/8.0")),
            use(key, 1, 100, new Origin("203.0.113.7", "curl/8.1")),
            new WrittenUses.LastUse(key, 1, null, HERE));
    assertThat(others).noneMatch(written::has);
    written.add(use(key, 1, 101, HERE));
    assertThat(written.has(use)).isFalse();
  }

  @Test
  void has_amongManyKeys_isNeverThereUnlessAdded() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      WrittenUses.LastUse use = use(KeyId.generate(random), 1, 100, HERE);
      assertThat(written.has(use)).isFalse();
      written.add(use);
      assertThat(written.has(use)).isTrue();
    }
  }
}
