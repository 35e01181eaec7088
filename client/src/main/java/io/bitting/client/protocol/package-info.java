/**
 * What travels between client and server: one record for each JSON object of the HTTP interface,
 * and {@link io.bitting.client.protocol.Json} to read and write them. Members are named in
 * snake_case, times are RFC 3339 in UTC with milliseconds, what is null is written as null unless
 * the record says that it is left out. Readers ignore members that they do not know, so a server
 * may be newer than its client.
 *
 * <p>The client owns this package; the server uses it and nothing else of the client.
 */
@NullMarked
package io.bitting.client.protocol;

import org.jspecify.annotations.NullMarked;
