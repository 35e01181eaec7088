/**
 * Reads what each operation of an API requires out of its description: OpenAPI 3.0, OpenAPI 3.1 or
 * Swagger 2.0, as YAML or JSON. {@link io.bitting.openapi.OpenApiDocument#read} takes the bytes and
 * {@link io.bitting.openapi.ImportOptions}, which say which security schemes a key of Bitting
 * stands for, and answers with a {@link io.bitting.openapi.Reading}: the operations with notes on
 * whatever a person should look at, or every fault at once. Nothing is fetched, and what is not
 * said clearly is refused: no mistake in a document makes an operation easier to call.
 */
@NullMarked
package io.bitting.openapi;

import org.jspecify.annotations.NullMarked;
