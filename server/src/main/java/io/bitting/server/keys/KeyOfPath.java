package io.bitting.server.keys;

import io.bitting.id.KeyId;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Call;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import io.bitting.store.Writer;
import java.util.Optional;
import java.util.function.Function;

/** Finds the key that a path names, if it is one that the caller may see. Stateless. */
public final class KeyOfPath {
  private KeyOfPath() {}

  /**
   * Finds it for looking; altered or not.
   *
   * @param reader the transaction
   * @param own the caller's organization
   * @param call the request
   */
  public static Optional<Sealed<KeyRow>> find(Reader reader, Organization own, Call call) {
    return find(own, call, reader::key);
  }

  /**
   * Finds it for changing it, and locks it. What was altered behind the product's back is not
   * changed.
   */
  static Optional<KeyRow> lock(Writer writer, Organization own, Call call) {
    return find(own, call, writer::lockKey).flatMap(Sealed::intact);
  }

  private static Optional<Sealed<KeyRow>> find(
      Organization own, Call call, Function<KeyId, Optional<Sealed<KeyRow>>> store) {
    if (!Acting.isNamed(own, call.path("org"))) {
      return Optional.empty();
    }
    return KeyId.parse(call.path("key"))
        .flatMap(store)
        .filter(row -> row.unchecked().key().organization().equals(own.id()));
  }
}
