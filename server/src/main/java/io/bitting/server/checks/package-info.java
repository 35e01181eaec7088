/** The data plane: may this token do that, and whose is it? */
@NullMarked
package io.bitting.server.checks;

import org.jspecify.annotations.NullMarked;
