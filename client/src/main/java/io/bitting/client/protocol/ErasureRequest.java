package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Asks to erase where events came from. Exactly one is given.
 *
 * @param source the address; null for every address of an actor
 * @param actor the id of a key or member; null for an address, whoever acted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErasureRequest(@Nullable String source, @Nullable String actor) {}
