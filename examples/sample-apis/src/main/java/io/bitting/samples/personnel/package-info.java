/**
 * Personnel, a sample product API of 714 operations: people, units, records and forms of an
 * organization. None of them is written out. {@link io.bitting.samples.personnel.PersonnelApi}
 * ships the OpenAPI document; what each operation requires is what that document says, once it is
 * uploaded to Bitting, and what each does follows from its method and path: a {@code Place} is
 * where the path points, a {@code Deed} what is done there, a {@code Shelf} the things that are
 * reached, and a {@code Workspace} holds them all. The data is in memory, per organization, made
 * when an organization's first key comes, and it is gone with the process.
 */
@NullMarked
package io.bitting.samples.personnel;

import org.jspecify.annotations.NullMarked;
