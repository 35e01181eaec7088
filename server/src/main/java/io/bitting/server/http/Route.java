package io.bitting.server.http;

import io.bitting.scope.Requirement;
import java.util.List;
import java.util.Set;

/**
 * Where an operation is and what it asks of a caller. There is none without a requirement.
 *
 * <p>The template's last segment may be <code>{name*}</code>, which stands for whatever follows.
 *
 * @param operationId verb and noun: {@code createKey}
 * @param method the HTTP method, or {@link #ANY_METHOD}
 * @param template the path, with parameters in braces
 * @param requirement what it asks of a caller
 * @param proof how a caller proves who it is
 * @param plane where it runs
 * @param mediaTypes the media types of the body that it takes; empty if it takes none
 * @param bodyBytesMax the longest body that it takes
 */
public record Route(
    String operationId,
    String method,
    String template,
    Requirement requirement,
    Proof proof,
    Plane plane,
    Set<String> mediaTypes,
    int bodyBytesMax) {
  /** Stands for every method. */
  public static final String ANY_METHOD = "*";

  private static final int JSON_BYTES_MAX = 64 * 1024;
  private static final String JSON = "application/json";
  private static final int FORM_BYTES_MAX = 256 * 1024;
  private static final String FORM = "application/x-www-form-urlencoded";

  /** How a caller proves who it is. */
  public enum Proof {
    /** By its key. */
    KEY,
    /**
     * By its key in the header that only gateways send; what else the request has of credentials is
     * that of somebody else.
     */
    GATEWAY,
    /**
     * As a person, by the cookie of a sign-in, if at all. Who is let in is said by the operation
     * itself, whose requirement is anonymous; a key proves nothing there.
     */
    SIGN_IN
  }

  /** Where an endpoint runs. */
  public enum Plane {
    /** On the event loop: never blocks. */
    DATA,
    /** On a virtual thread: may block. */
    MANAGEMENT
  }

  /** Copies the set. */
  public Route {
    mediaTypes = Set.copyOf(mediaTypes);
  }

  /**
   * An operation that looks.
   *
   * @param operationId verb and noun
   * @param template the path
   * @param requirement what it asks of a caller
   */
  public static Route get(String operationId, String template, Requirement requirement) {
    return new Route(
        operationId, "GET", template, requirement, Proof.KEY, Plane.MANAGEMENT, Set.of(), 0);
  }

  /**
   * An operation that takes JSON.
   *
   * @param operationId verb and noun
   * @param method the HTTP method
   * @param template the path
   * @param requirement what it asks of a caller
   */
  public static Route json(
      String operationId, String method, String template, Requirement requirement) {
    return new Route(
        operationId,
        method,
        template,
        requirement,
        Proof.KEY,
        Plane.MANAGEMENT,
        Set.of(JSON),
        JSON_BYTES_MAX);
  }

  /**
   * An operation of the data plane by which gateways ask about requests of others.
   *
   * @param operationId verb and noun
   * @param method the HTTP method
   * @param template the path
   * @param requirement what it asks of the gateway
   */
  public static Route ofGateways(
      String operationId, String method, String template, Requirement requirement) {
    return new Route(
        operationId, method, template, requirement, Proof.GATEWAY, Plane.DATA, Set.of(), 0);
  }

  /**
   * A page for people, which looks.
   *
   * @param operationId verb and noun
   * @param template the path
   */
  public static Route page(String operationId, String template) {
    return new Route(
        operationId,
        "GET",
        template,
        new Requirement.Anonymous(),
        Proof.SIGN_IN,
        Plane.MANAGEMENT,
        Set.of(),
        0);
  }

  /**
   * What a form of a page sends.
   *
   * @param operationId verb and noun
   * @param template the path
   */
  public static Route form(String operationId, String template) {
    return new Route(
        operationId,
        "POST",
        template,
        new Requirement.Anonymous(),
        Proof.SIGN_IN,
        Plane.MANAGEMENT,
        Set.of(FORM),
        FORM_BYTES_MAX);
  }

  /** Returns it as an operation of the data plane, which never blocks. */
  public Route onDataPlane() {
    return new Route(
        operationId, method, template, requirement, proof, Plane.DATA, mediaTypes, bodyBytesMax);
  }

  /**
   * Returns it with other bodies.
   *
   * @param types the media types that it takes
   * @param bytesMax the longest body that it takes
   */
  public Route taking(Set<String> types, int bytesMax) {
    return new Route(operationId, method, template, requirement, proof, plane, types, bytesMax);
  }

  /**
   * Tells whether its endpoint is asked before the body is read: the gate lets everybody through to
   * a page, and this one takes more than a form usually has.
   */
  boolean isAskedBeforeBody() {
    return proof == Proof.SIGN_IN && bodyBytesMax > FORM_BYTES_MAX;
  }

  List<String> segments() {
    return List.of(template.substring(1).split("/", -1));
  }

  /** Returns the operation as callers see it: method and template. */
  public String operation() {
    return method + " " + template;
  }
}
