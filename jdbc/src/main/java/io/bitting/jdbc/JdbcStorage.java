package io.bitting.jdbc;

import io.bitting.store.ChangeSource;
import io.bitting.store.Nodes;
import io.bitting.store.Store;
import io.bitting.usage.UsageLedger;

/**
 * The ports of one database, with its keyset.
 *
 * @param store reads and writes; thread-safe
 * @param changes what one follower follows
 * @param nodes how far the nodes on this database have got
 * @param usage what keys were used for, as this node knows and tells it
 */
public record JdbcStorage(Store store, ChangeSource changes, Nodes nodes, UsageLedger usage) {}
