package io.bitting.server.upkeep;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.KeyId;
import io.bitting.id.Slug;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.store.Due;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Goes through the keys of organizations on behalf of a chore, and changes them: each in a
 * transaction of its own, under the locks of organization and key, after another look.
 *
 * <p>Thread-safe. Blocks.
 */
public final class Sweep {
  private static final int AT_A_TIME = 500;

  private final Store store;
  private final Chore chore;

  /** Does something about a key, after another look at it. */
  @FunctionalInterface
  public interface Deed {
    /**
     * Does it, unless another look says that it is not due any more.
     *
     * @param writer the transaction, which holds the locks of organization and key
     * @param organization the organization as it stands there
     * @param row the key as it stands there
     */
    void to(Writer writer, Organization organization, KeyRow row);
  }

  /**
   * Makes it.
   *
   * @param store has the keys
   * @param chore on whose behalf
   */
  public Sweep(Store store, Chore chore) {
    this.store = store;
    this.chore = chore;
  }

  /**
   * Looks at every organization that is intact.
   *
   * @param each looks at it; no transaction is open then
   */
  public void organizations(Consumer<Organization> each) {
    Optional<Slug> after = Optional.empty();
    List<Sealed<Organization>> page;
    do {
      Optional<Slug> from = after;
      page = store.read(reader -> reader.organizations(from, AT_A_TIME));
      for (Sealed<Organization> row : page) {
        after = Optional.of(row.unchecked().slug());
        row.intact().ifPresent(each);
      }
    } while (page.size() == AT_A_TIME);
  }

  /**
   * Looks at the keys for which time makes something due.
   *
   * @param due what
   * @param now the time
   * @param some looks at some of them; no transaction is open then
   */
  public void due(Due due, Instant now, Consumer<List<KeyId>> some) {
    Optional<KeyId> after = Optional.empty();
    List<KeyId> page;
    do {
      Optional<KeyId> from = after;
      page = store.read(reader -> reader.keysDue(due, now, from, AT_A_TIME));
      some.accept(page);
      after = page.isEmpty() ? after : Optional.of(page.getLast());
    } while (page.size() == AT_A_TIME);
  }

  /**
   * Returns the keys of an organization that are intact and that a filter lets through.
   *
   * @param organization the organization
   * @param filter the filter
   */
  public List<KeyRow> keys(Organization organization, KeyFilter filter) {
    List<KeyRow> keys = new ArrayList<>();
    Optional<KeyFilter.After> after = Optional.empty();
    List<Sealed<KeyRow>> page;
    do {
      Optional<KeyFilter.After> from = after;
      page = store.read(reader -> reader.keys(organization.id(), filter, from, AT_A_TIME));
      for (Sealed<KeyRow> row : page) {
        after =
            Optional.of(
                new KeyFilter.After(row.unchecked().key().createdAt(), row.unchecked().key().id()));
        row.intact().ifPresent(keys::add);
      }
    } while (page.size() == AT_A_TIME);
    return keys;
  }

  /**
   * Does something about a key, if it and its organization are intact.
   *
   * @param key the key
   * @param deed does it
   */
  public void change(KeyId key, Deed deed) {
    store.write(writer -> {
      Optional<Organization> organization =
          writer
              .key(key)
              .flatMap(Sealed::intact)
              .flatMap(seen -> writer.lockOrganization(seen.key().organization()))
              .flatMap(Sealed::intact);
      Optional<KeyRow> row = writer.lockKey(key).flatMap(Sealed::intact);
      if (organization.isPresent() && row.isPresent()) {
        deed.to(writer, organization.get(), row.get());
      }
      return key;
    });
  }

  /**
   * Tells the audit.
   *
   * @param writer the transaction
   * @param row the key to which it was done
   * @param action what was done
   * @param changes what changed
   */
  public void audit(Writer writer, KeyRow row, String action, List<AuditEvent.Change> changes) {
    writer.audit(
        AuditChain.of(row.key().organization()),
        new AuditEvent.Act(
            action,
            new Actor(Actor.Kind.CHORE, chore.name()),
            new AuditEvent.Target("key", row.key().id().text()),
            Optional.empty(),
            changes),
        Optional.empty());
  }
}
