/**
 * Reads the text of a scope catalog, YAML or JSON, and explains everything that is wrong with it:
 * each fault with its line, the value, the rule and a remedy. {@link
 * io.bitting.server.catalogs.CatalogDocument#parse} is the way in, for the endpoint that takes a
 * catalog and for the command that only looks at one.
 *
 * <p>A text is untrusted. It is read into plain parts first (no tags, no anchors, bounded in size
 * and depth), and no part of it makes an object of another type.
 */
@NullMarked
package io.bitting.server.catalogs;

import org.jspecify.annotations.NullMarked;
