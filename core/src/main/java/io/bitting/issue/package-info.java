/**
 * The one way by which keys come into being. Whoever creates one, by REST, CLI, console, import or
 * setup, passes {@link io.bitting.issue.Issuing}, which holds the ceiling.
 */
@NullMarked
package io.bitting.issue;

import org.jspecify.annotations.NullMarked;
