package io.bitting.samples.personnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bitting.fixtures.MutableClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an organization has is bounded, and what is deleted makes room. */
final class WorkspaceTest {
  private static final Map<String, JsonNode> BIG =
      Map.of("text", TextNode.valueOf("x".repeat(Workspace.ROOM / 4)));

  private final Workspace workspace = new Workspace(new MutableClock());

  private static Link link(int number) {
    return new Link(
        new Link.End("user", "1"), "likes", new Link.End("thing", String.valueOf(number)));
  }

  /** Links until nothing fits, and returns how many there were. */
  private int fillWithLinks() {
    int made = 0;
    while (workspace.link(link(made), Map.of())) {
      made++;
    }
    return made;
  }

  @Test
  void delete_ofAThing_makesRoomForAsManyLinksAgain() {
    Thing user = workspace.create("user", Map.of()).orElseThrow();
    int links = fillWithLinks();
    assertThat(links).isGreaterThan(10_000);
    workspace.delete("user", user);
    assertThat(workspace.has(link(0))).isFalse();
    assertThat(workspace.create("user", Map.of())).isPresent();
    assertThat(fillWithLinks()).isEqualTo(links);
  }

  @Test
  void create_changeAndLink_thatDoNotFit_changeNothing() {
    List<Thing> things =
        List.of(
            workspace.create("user", BIG).orElseThrow(),
            workspace.create("user", BIG).orElseThrow(),
            workspace.create("user", BIG).orElseThrow());
    Thing small = workspace.create("user", Map.of()).orElseThrow();
    assertThat(workspace.create("user", BIG)).isEmpty();
    assertThat(workspace.change("user", small, BIG)).isEmpty();
    assertThat(workspace.link(link(1), BIG)).isFalse();
    assertThat(workspace.has(link(1))).isFalse();
    assertThat(workspace.find("user", small.id())).isEqualTo(Optional.of(small));
    assertThat(workspace.all("user")).hasSize(4);
    assertThat(workspace.change("user", things.get(0), Map.of())).isPresent();
    assertThat(workspace.create("user", BIG)).as("what shrank made room").isPresent();
  }

  @Test
  void unlink_ofALinkWithAPivot_makesRoomForIt() {
    for (int i = 0; i < 20; i++) {
      assertThat(workspace.link(link(1), BIG)).as("time %s", i).isTrue();
      assertThat(workspace.link(link(1), BIG)).as("in its place").isTrue();
      workspace.unlink(link(1)::equals);
    }
  }
}
