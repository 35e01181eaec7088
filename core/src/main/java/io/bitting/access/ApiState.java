package io.bitting.access;

import io.bitting.scope.Catalog;
import io.bitting.store.Api;

/**
 * An API with its catalog, as the index has them at one moment.
 *
 * @param api the API
 * @param catalog its catalog
 */
record ApiState(Api api, Catalog catalog) {}
