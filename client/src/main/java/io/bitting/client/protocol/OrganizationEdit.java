package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Edits an organization. What is null stays as it is.
 *
 * @param name its new name
 * @param allScopesAllowed whether new keys may have all scopes
 * @param policy what to change of its policy
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrganizationEdit(
    @Nullable String name, @Nullable Boolean allScopesAllowed, @Nullable PolicyEdit policy) {}
