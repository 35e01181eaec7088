package io.bitting.client.protocol;

/**
 * An operation of an API.
 *
 * @param method its HTTP method
 * @param path the template of its path
 * @param id what the API's description calls it; empty if nothing
 * @param summary what it does; empty if nobody says
 * @param tag the heading it stands under; empty if none
 * @param requirement what it requires
 */
public record OperationAnswer(
    String method,
    String path,
    String id,
    String summary,
    String tag,
    RequirementAnswer requirement) {}
