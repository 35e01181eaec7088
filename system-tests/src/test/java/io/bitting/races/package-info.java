/**
 * What happens when several do the same thing, or opposite things, at the same moment: on one node
 * with either database, and on two nodes with one PostgreSQL.
 */
package io.bitting.races;
