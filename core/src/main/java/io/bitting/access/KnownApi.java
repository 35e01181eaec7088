package io.bitting.access;

import io.bitting.operation.Operations;
import io.bitting.scope.Catalog;
import io.bitting.store.Api;

/**
 * An API as its checks know it at one moment: from {@link LocalAuthorizer#describe}. As long as
 * nothing changes, each part is the same object whenever it is asked for.
 *
 * @param api the API
 * @param catalog its catalog
 * @param operations its operations
 */
public record KnownApi(Api api, Catalog catalog, Operations operations) {}
