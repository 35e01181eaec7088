package io.bitting.crash;

import io.bitting.client.BittingClient;
import io.bitting.client.CatalogText;
import io.bitting.client.ClientException;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.CatalogChange;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyEdit;
import io.bitting.client.protocol.NewKey;
import io.bitting.client.protocol.Rotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One of those who change things: creates keys, and disables, enables, edits, rotates and revokes
 * its own; the first one puts catalogs too. Used by one thread.
 */
final class Writer {
  static final String API = "appsec";
  static final String ORGANIZATION = "operator";
  private static final List<String> SCOPES = List.of("scans:read", "scans:run");

  /** What stands for "nothing was changed": see docs/errors. */
  private static final Set<String> UNCHANGED =
      Set.of("storage_unavailable", "verification_unavailable");

  private final int number;
  private final Memory memory;
  private final Random random;
  private final String catalogText;
  private final List<KnownKey> own = new ArrayList<>();
  private int count;

  Writer(int number, Memory memory, Random random, String catalogText) {
    this.number = number;
    this.memory = memory;
    this.random = random;
    this.catalogText = catalogText;
  }

  /** Asks for a key of the sample API. */
  static NewKey form(String name) {
    return new NewKey(API, name, null, SCOPES, null, null, null);
  }

  /** Changes one thing after another until told to stop, or the server is gone. */
  void run(BittingClient client, BooleanSupplier stop) {
    try {
      while (!stop.getAsBoolean()) {
        step(client);
      }
    } catch (ClientException e) {
      // The server is gone. What was asked for last stays in doubt.
      memory.unanswered().increment();
    }
  }

  private void step(BittingClient client) {
    int dice = random.nextInt(100);
    List<KnownKey> settled =
        own.stream()
            .filter(key -> !key.isInDoubt() && !key.sure().state().equals("revoked"))
            .toList();
    if (number == 0 && dice < 20) {
      putCatalog(client);
    } else if (dice < 45 || settled.isEmpty()) {
      create(client);
    } else {
      change(client, settled.get(random.nextInt(settled.size())), dice);
    }
  }

  private void create(BittingClient client) {
    count++;
    String name = "writer " + number + ", key " + count;
    memory.doubtfulNames().add(name);
    ask(
        () -> client.createKey(ORGANIZATION, form(name)),
        (CreatedKey made) -> {
          KnownKey key =
              new KnownKey(
                  made.key().id(),
                  Optional.of(made.token().reveal()),
                  KnownKey.Shape.created(made.key()));
          own.add(key);
          memory.add(key);
          memory.doubtfulNames().remove(name);
        },
        () -> memory.doubtfulNames().remove(name));
  }

  private void change(BittingClient client, KnownKey key, int dice) {
    KnownKey.Shape now = key.sure();
    if (dice >= 66 && dice < 82) {
      rotate(client, key, now);
      return;
    }
    Supplier<Outcome<KeyAnswer>> question;
    if (dice < 56) {
      key.ask(now.inState("revoked"));
      question = () -> client.revokeKey(ORGANIZATION, key.id());
    } else if (dice < 66) {
      String purpose = "edited " + now.revision();
      key.ask(now.described(purpose));
      question = () -> client.editKey(ORGANIZATION, key.id(), new KeyEdit(null, purpose));
    } else if (now.state().equals("active")) {
      key.ask(now.inState("disabled"));
      question = () -> client.disableKey(ORGANIZATION, key.id());
    } else {
      key.ask(now.inState("active"));
      question = () -> client.enableKey(ORGANIZATION, key.id());
    }
    ask(question, answer -> key.acknowledged(), key::refused);
  }

  /** A key has no third secret, so that a rotation within an overlap ends that. */
  private void rotate(BittingClient client, KnownKey key, KnownKey.Shape now) {
    boolean overlapping = !now.overlapping();
    key.ask(now.rotated(overlapping));
    ask(
        () ->
            client.rotateKey(
                ORGANIZATION, key.id(), new Rotation(overlapping ? "1h" : "now", null, null)),
        (CreatedKey made) -> key.rotated(made.token().reveal()),
        key::refused);
  }

  private void putCatalog(BittingClient client) {
    if (memory.possibleCatalogs().size() > 1) {
      return;
    }
    count++;
    memory.askCatalog(new Memory.Edition(memory.catalog().version() + 1, count));
    CatalogText text = new CatalogText(CatalogText.Form.YAML, Editions.text(catalogText, count));
    ask(
        () -> client.putCatalog(API, text, Optional.empty()),
        (CatalogChange change) -> memory.catalogAcknowledged(),
        memory::catalogRefused);
  }

  private <T> void ask(Supplier<Outcome<T>> question, Consumer<T> done, Runnable refused) {
    switch (question.get()) {
      case Outcome.Done<T> answer -> {
        done.accept(answer.value());
        memory.acknowledged().increment();
      }
      case Outcome.Refused<T> answer -> {
        String code = answer.problem().code();
        if (code.equals("outcome_unknown")) {
          memory.unanswered().increment();
        } else {
          refused.run();
          memory.refused().increment();
          if (!UNCHANGED.contains(code)) {
            memory.surprises().add("an answer that nobody expected: " + answer.problem());
          }
        }
      }
    }
  }
}
