/** What a server does on its own from time to time: warnings, policies, retention. */
@NullMarked
package io.bitting.server.upkeep;

import org.jspecify.annotations.NullMarked;
