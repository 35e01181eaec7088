/**
 * The console's pages: what people see of Bitting in a browser.
 *
 * <p>A {@link io.bitting.server.console.ConsolePage} is a record that holds all that one page
 * shows, in the words of the API's answers; a template of the same name lays it out; {@link
 * io.bitting.server.console.ConsolePages} turns one into the other, and {@link
 * io.bitting.server.console.Assets} holds the style sheets, scripts and icons. Nothing here decides
 * anything or asks a store: a page shows what an endpoint answered, and its forms ask the endpoint.
 */
@NullMarked
package io.bitting.server.console;

import org.jspecify.annotations.NullMarked;
