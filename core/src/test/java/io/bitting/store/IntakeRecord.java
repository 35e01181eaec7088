package io.bitting.store;

import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.seal.Sealed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An intake that remembers the rows it was given last, and in which order things came. Not
 * thread-safe.
 */
public final class IntakeRecord implements ChangeSource.Intake {
  private final Map<OrganizationId, Sealed<Organization>> organizations = new HashMap<>();
  private final Map<ApiId, Sealed<Api>> apis = new HashMap<>();
  private final Map<ApiId, Sealed<Catalog>> catalogs = new HashMap<>();
  private final Map<ApiId, Sealed<Operations>> operations = new HashMap<>();
  private final Map<KeyId, Sealed<KeyRow>> keys = new HashMap<>();
  private final List<String> taken = new ArrayList<>();

  /** Returns what came since the last call, as {@code kind:id}, and forgets it. */
  public List<String> take() {
    List<String> all = List.copyOf(taken);
    taken.clear();
    return all;
  }

  public Map<OrganizationId, Sealed<Organization>> organizations() {
    return organizations;
  }

  public Map<ApiId, Sealed<Api>> apis() {
    return apis;
  }

  public Map<ApiId, Sealed<Catalog>> catalogs() {
    return catalogs;
  }

  public Map<KeyId, Sealed<KeyRow>> keys() {
    return keys;
  }

  @Override
  public void organization(Sealed<Organization> row) {
    organizations.put(row.unchecked().id(), row);
    taken.add("organization:" + row.unchecked().id());
  }

  @Override
  public void api(Sealed<Api> row) {
    apis.put(row.unchecked().id(), row);
    taken.add("api:" + row.unchecked().id());
  }

  @Override
  public void catalog(Sealed<Catalog> row) {
    catalogs.put(row.unchecked().api(), row);
    taken.add("catalog:" + row.unchecked().api());
  }

  public Map<ApiId, Sealed<Operations>> operations() {
    return operations;
  }

  @Override
  public void operations(Sealed<Operations> row) {
    operations.put(row.unchecked().api(), row);
    taken.add("operations:" + row.unchecked().api());
  }

  @Override
  public void operationsGone(ApiId id) {
    operations.remove(id);
    taken.add("operations gone:" + id);
  }

  @Override
  public void key(Sealed<KeyRow> row) {
    keys.put(row.unchecked().key().id(), row);
    taken.add("key:" + row.unchecked().key().id());
  }

  @Override
  public void organizationGone(OrganizationId id) {
    organizations.remove(id);
    taken.add("organization gone:" + id);
  }

  @Override
  public void apiGone(ApiId id) {
    apis.remove(id);
    catalogs.remove(id);
    taken.add("api gone:" + id);
  }

  @Override
  public void keyGone(KeyId id) {
    keys.remove(id);
    taken.add("key gone:" + id);
  }
}
