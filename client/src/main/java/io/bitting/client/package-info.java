/**
 * Talks to a Bitting server. {@link io.bitting.client.BittingClient} has one method for each
 * endpoint; {@link io.bitting.client.RemoteAuthorizer} lets an application ask the server what a
 * token may do.
 *
 * <p>An answer is an {@link io.bitting.client.Outcome}: what was asked for, or the server's reason
 * why not. That the server could not be asked is a {@link io.bitting.client.ClientException}.
 */
@NullMarked
package io.bitting.client;

import org.jspecify.annotations.NullMarked;
