package io.bitting.architecture.planted;

/** Has names that say nothing, and one that only looks as if. */
public final class Nameless {
  private Nameless() {}

  record KeyManager() {}

  record KeyUtil() {}

  record KeyUtils() {}

  record KeyHelper() {}

  record KeyStoreImpl() {}

  record EndpointBase() {}

  interface AbstractEndpoint {}

  record KeyData() {}

  record KeyInfo() {}

  record KeyDTO() {}

  record KeyService() {}

  record Base62() {}
}
