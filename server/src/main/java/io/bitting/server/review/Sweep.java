package io.bitting.server.review;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.KeyId;
import io.bitting.id.Slug;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.server.upkeep.Chore;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Goes through the keys of organizations on behalf of a chore. */
final class Sweep {
  private static final int AT_A_TIME = 200;

  private final Store store;
  private final Chore chore;

  /** Does something about a key, after another look at it. */
  @FunctionalInterface
  interface Deed {
    /** Does it in a transaction that holds the locks of organization and key. */
    void to(Writer writer, Organization organization, KeyRow row);
  }

  Sweep(Store store, Chore chore) {
    this.store = store;
    this.chore = chore;
  }

  /** Looks at every organization that is intact. */
  void organizations(Consumer<Organization> each) {
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

  /** Returns the keys of an organization that are intact and that a filter lets through. */
  List<KeyRow> keys(Organization organization, KeyFilter filter) {
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

  /** Does something about one key, if it and its organization are still intact. */
  void change(KeyRow seen, Deed deed) {
    KeyId key = seen.key().id();
    store.write(writer -> {
      Optional<Organization> organization =
          writer.lockOrganization(seen.key().organization()).flatMap(Sealed::intact);
      Optional<KeyRow> row = writer.lockKey(key).flatMap(Sealed::intact);
      if (organization.isPresent() && row.isPresent()) {
        deed.to(writer, organization.get(), row.get());
      }
      return key;
    });
  }

  /** Tells the audit. */
  void audit(Writer writer, KeyRow row, String action, List<AuditEvent.Change> changes) {
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
