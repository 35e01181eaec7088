package io.bitting.jdbc;

import io.bitting.store.ChangeSource;
import io.bitting.store.Nodes;
import io.bitting.store.Store;

/**
 * The ports of one database, with its keyset.
 *
 * @param store reads and writes; thread-safe
 * @param changes what one follower follows
 * @param nodes how far the nodes on this database have got
 */
public record JdbcStorage(Store store, ChangeSource changes, Nodes nodes) {}
