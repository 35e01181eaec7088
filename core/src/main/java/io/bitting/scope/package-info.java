/**
 * Scopes and what they are asked for: {@link io.bitting.scope.Scope}, the {@link
 * io.bitting.scope.Catalog} of an API, the difference between two catalogs, and the {@link
 * io.bitting.scope.Requirement} of an operation.
 *
 * <p>Scopes match exactly. Nothing is derived from how one is spelled; one scope covers another
 * only where the catalog declares it.
 */
@NullMarked
package io.bitting.scope;

import org.jspecify.annotations.NullMarked;
