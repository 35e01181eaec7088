package io.bitting.jdbc;

import io.bitting.seal.Bytes;
import io.bitting.seal.PepperKeyset;
import io.bitting.store.Position;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Compares a pepper keyset with what the database keeps to recognise it by, in one writing
 * transaction.
 */
final class KeysetCheck {

  /** Every table that is filled after the keyset was adopted. */
  private static final String HAS_ROWS =
      """
      SELECT CASE WHEN EXISTS (SELECT 1 FROM organizations) OR EXISTS (SELECT 1 FROM apis) OR EXISTS (SELECT 1 FROM grants)
        OR EXISTS (SELECT 1 FROM api_keys) OR EXISTS (SELECT 1 FROM setup_codes) OR EXISTS (SELECT 1 FROM audit_events)
        OR EXISTS (SELECT 1 FROM changes) OR EXISTS (SELECT 1 FROM change_head) OR EXISTS (SELECT 1 FROM pepper_checks)
        THEN 1 ELSE 0 END
      """;

  private static final String SELECT =
      "SELECT version, check_value FROM pepper_checks WHERE epoch = :epoch";

  private static final String INSERT =
      "INSERT INTO pepper_checks (epoch, version, check_value) VALUES (:epoch, :version, :checkValue)";

  private static final String REMEDY =
      "give the keyset that this database was made with (BITTING_PEPPER_FILE), from its backup if it was lost";

  private final Handle handle;
  private final PepperKeyset keyset;
  private final ChangeLog changeLog;

  KeysetCheck(Handle handle, PepperKeyset keyset) {
    this.handle = handle;
    this.keyset = keyset;
    this.changeLog = new ChangeLog(handle);
  }

  /** Tells whether the database never had a keyset, nor anything else. */
  static boolean isNew(Handle handle) {
    return handle.createQuery(HAS_ROWS).mapTo(Integer.class).one() == 0;
  }

  /**
   * Takes the keyset for the database's own if it is new, else compares. Versions that the database
   * has not seen yet are noted.
   *
   * @return whether anything was written
   * @throws KeysetRefusedException if the keyset is not the database's
   */
  boolean adopt(String epochOfNew) {
    if (isNew(handle)) {
      changeLog.begin(epochOfNew);
      insert(epochOfNew, keyset.versions());
      return true;
    }
    String epoch = changeLog.head().map(Position::epoch).orElse("");
    SortedMap<Integer, Bytes> stored = stored(epoch);
    if (stored.isEmpty()) {
      throw new KeysetRefusedException(
          "the database has rows but no check value of the pepper keyset that sealed them; restore the database from a backup");
    }
    if (!keyset.mismatches(epoch, stored).isEmpty()) {
      throw new KeysetRefusedException(
          "versions "
              + keyset.mismatches(epoch, stored)
              + " of the pepper keyset are not those that sealed this database; "
              + REMEDY);
    }
    SortedSet<Integer> added = new TreeSet<>(keyset.versions());
    added.removeAll(stored.keySet());
    if (added.size() == keyset.versions().size()) {
      throw new KeysetRefusedException(
          "the pepper keyset has versions "
              + keyset.versions()
              + " and the database knows "
              + stored.keySet()
              + "; "
              + REMEDY);
    }
    insert(epoch, added);
    return !added.isEmpty();
  }

  private SortedMap<Integer, Bytes> stored(String epoch) {
    SortedMap<Integer, Bytes> stored = new TreeMap<>();
    Rows.each(
        handle.createQuery(SELECT).bind("epoch", epoch),
        results ->
            stored.put(
                new Row(results).smallNumber("version"), new Row(results).bytes("check_value")));
    return stored;
  }

  private void insert(String epoch, SortedSet<Integer> versions) {
    keyset
        .checkValues(epoch)
        .forEach((version, value) -> {
          if (versions.contains(version)) {
            insert(epoch, version, value);
          }
        });
  }

  private void insert(String epoch, int version, Bytes value) {
    handle
        .createUpdate(INSERT)
        .bind("epoch", epoch)
        .bind("version", version)
        .bind("checkValue", value.toArray())
        .execute();
  }
}
