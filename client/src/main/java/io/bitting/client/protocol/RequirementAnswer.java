package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation requires. Exactly one of these is there.
 *
 * @param anyOf alternatives, each a list of scopes that are needed together
 * @param anyValidKey true if any valid key will do
 * @param anonymous true if no key is needed
 * @param undeclared true if nobody has said what is required, so that it is refused to every key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequirementAnswer(
    @Nullable List<List<String>> anyOf,
    @Nullable Boolean anyValidKey,
    @Nullable Boolean anonymous,
    @Nullable Boolean undeclared) {}
