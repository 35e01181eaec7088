package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Edits a key. What is null stays as it is; a grant never changes.
 *
 * @param name its new name
 * @param purpose its new purpose
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyEdit(@Nullable String name, @Nullable String purpose) {}
