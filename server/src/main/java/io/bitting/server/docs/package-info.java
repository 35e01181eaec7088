/**
 * What the server says about itself: the OpenAPI document ({@link
 * io.bitting.server.docs.OpenApiDocument}) and a page for each problem code ({@link
 * io.bitting.server.docs.ErrorPages}), which a problem's {@code type} leads to. Both ship in the
 * jar and need neither database nor network.
 */
@NullMarked
package io.bitting.server.docs;

import org.jspecify.annotations.NullMarked;
