/** Keys over HTTP: create, list, show, edit, disable, enable, revoke. */
@NullMarked
package io.bitting.server.keys;

import org.jspecify.annotations.NullMarked;
