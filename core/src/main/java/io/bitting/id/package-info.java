/**
 * Identifiers. Random ones ({@link io.bitting.id.KeyId}, {@link io.bitting.id.OrganizationId},
 * {@link io.bitting.id.EventId}, {@link io.bitting.id.PersonId} and their like) are 12 base62
 * characters, public, without a time stamp or an order; {@link io.bitting.id.ApiId} and {@link
 * io.bitting.id.Slug} are names that people choose once.
 */
@NullMarked
package io.bitting.id;

import org.jspecify.annotations.NullMarked;
