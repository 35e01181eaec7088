package io.bitting.server.audit;

import io.bitting.id.Slug;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Goes through the organizations whose chains are looked after. */
final class Chains {
  private static final int PAGE = 200;

  private Chains() {}

  /** Looks at every organization that is intact, in pages, outside of a transaction. */
  static void each(Store store, Consumer<Organization> look) {
    Optional<Slug> after = Optional.empty();
    List<Sealed<Organization>> page;
    do {
      Optional<Slug> begin = after;
      page = store.<List<Sealed<Organization>>>read(reader -> reader.organizations(begin, PAGE));
      for (Sealed<Organization> row : page) {
        row.intact().ifPresent(look);
        after = Optional.of(row.unchecked().slug());
      }
    } while (page.size() == PAGE);
  }
}
