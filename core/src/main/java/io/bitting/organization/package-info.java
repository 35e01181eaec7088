/**
 * The tenant that owns keys, and the roles of its people. Nothing crosses an organization's border.
 */
@NullMarked
package io.bitting.organization;

import org.jspecify.annotations.NullMarked;
