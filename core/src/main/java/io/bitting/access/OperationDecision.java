package io.bitting.access;

import io.bitting.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an {@link OperationRequest}.
 *
 * @param decision allowed or denied
 * @param operation the operation that is called; null if there is none, or more than one
 */
public record OperationDecision(Decision decision, @Nullable Operation operation) {}
