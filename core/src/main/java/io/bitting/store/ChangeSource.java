package io.bitting.store;

import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.seal.Sealed;
import java.time.Duration;
import java.util.Optional;

/**
 * Where an index in memory gets its rows from: all of them at the start, and afterwards those that
 * changed.
 *
 * <p>Thread-safe: while one thread loads, another may resume.
 */
public interface ChangeSource {

  /**
   * Hands over every row, in one consistent picture: organizations, APIs, catalogs, operations,
   * then keys.
   *
   * @param intake takes the rows
   * @return the position of the picture
   * @throws StoreException if storage fails; the intake then has part of the rows and is to be
   *     dropped
   */
  Position load(Intake intake);

  /**
   * Hands over the rows that changed after a position, as they are now.
   *
   * @param after the position that the intake has
   * @param intake takes the rows
   * @return the position that it has then, perhaps the same; empty if the changes in between are
   *     not to be had (another epoch, a gap, no longer kept), so that only {@link #load} helps
   * @throws StoreException if storage fails; part of the rows may have been handed over, which does
   *     no harm
   */
  Optional<Position> resume(Position after, Intake intake);

  /**
   * Waits until something may have changed.
   *
   * @param atMost how long to wait
   * @throws InterruptedException if the thread is interrupted
   */
  void await(Duration atMost) throws InterruptedException;

  /** Ends a wait early, from any thread. */
  void wake();

  /** Takes rows. A row that is not intact must grant nothing. */
  interface Intake {
    /**
     * Takes an organization.
     *
     * @param row the row
     */
    void organization(Sealed<Organization> row);

    /**
     * Takes an API.
     *
     * @param row the row
     */
    void api(Sealed<Api> row);

    /**
     * Takes a catalog.
     *
     * @param row the row
     */
    void catalog(Sealed<Catalog> row);

    /**
     * Takes the operations of an API.
     *
     * @param row the row
     */
    void operations(Sealed<Operations> row);

    /**
     * Takes a key.
     *
     * @param row the row
     */
    void key(Sealed<KeyRow> row);

    /**
     * Takes note that an organization is gone.
     *
     * @param id its id
     */
    void organizationGone(OrganizationId id);

    /**
     * Takes note that an API is gone, and its catalog.
     *
     * @param id its id
     */
    void apiGone(ApiId id);

    /**
     * Takes note that the operations of an API are gone.
     *
     * @param id the API's id
     */
    void operationsGone(ApiId id);

    /**
     * Takes note that a key is gone.
     *
     * @param id its id
     */
    void keyGone(KeyId id);
  }
}
