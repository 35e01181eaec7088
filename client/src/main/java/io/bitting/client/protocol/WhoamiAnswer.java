package io.bitting.client.protocol;

/**
 * Whose key the caller's is.
 *
 * @param key the caller's key
 * @param organization its organization, without settings
 * @param asOf the position that the answer rests on
 */
public record WhoamiAnswer(KeyAnswer key, OrganizationName organization, String asOf) {

  /**
   * An organization by its names.
   *
   * @param id 12 base62 characters
   * @param slug its short name
   * @param name its name
   */
  public record OrganizationName(String id, String slug, String name) {}
}
