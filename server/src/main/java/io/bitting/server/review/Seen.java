package io.bitting.server.review;

import io.bitting.key.Key;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Call;
import io.bitting.server.keys.KeyOfPath;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.store.StoreException;
import java.util.Optional;

/**
 * A key as it is stored, with what it takes to judge its grant. Recorded use is read after the
 * transaction that this comes from, which is then over.
 */
record Seen(Key key, Catalog catalog, Organization organization, Position asOf) {

  /** Looks the key of a path up; empty if the caller may see none such, or its row was altered. */
  static Optional<Seen> find(Acting acting, Call call) {
    return acting.look(
        call,
        (reader, own) ->
            KeyOfPath.find(reader, own, call)
                .flatMap(Sealed::intact)
                .map(row -> of(reader, row.key(), own)));
  }

  static Seen of(Reader reader, Key key, Organization organization) {
    return new Seen(key, catalog(reader, key), organization, reader.position());
  }

  private static Catalog catalog(Reader reader, Key key) {
    return reader
        .catalog(key.api())
        .flatMap(Sealed::intact)
        .orElseThrow(
            () -> new StoreException("the catalog of " + key.api() + " is not there intact"));
  }
}
