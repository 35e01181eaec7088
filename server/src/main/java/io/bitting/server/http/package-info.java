/**
 * HTTP, and nothing but HTTP: endpoints are functions from a {@link io.bitting.server.http.Call} to
 * an {@link io.bitting.server.http.Answer}, and only {@link io.bitting.server.http.HttpEdge} knows
 * the server beneath. It owns credentials, limits, request ids and problem bodies, and runs
 * endpoints of the data plane on the event loop and all others, which may block, on virtual
 * threads.
 */
@NullMarked
package io.bitting.server.http;

import org.jspecify.annotations.NullMarked;
