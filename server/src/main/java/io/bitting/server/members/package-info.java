/** Members, invitations and the second factor that an organization demands, over HTTP. */
@NullMarked
package io.bitting.server.members;

import org.jspecify.annotations.NullMarked;
