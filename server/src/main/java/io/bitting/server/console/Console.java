package io.bitting.server.console;

import io.bitting.server.http.Endpoint;
import io.bitting.store.Store;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** All pages of the console. */
public final class Console {
  private Console() {}

  /**
   * Makes the pages and what their forms send.
   *
   * @param store where sign-ins are
   * @param api the endpoints of REST, which the pages ask
   * @param base the address that people know, without a slash at its end
   * @param clock tells the time
   */
  public static List<Endpoint> endpoints(
      Store store, Collection<Endpoint> api, Supplier<String> base, Clock clock) {
    Desk desk = new Desk(new Visits(store, clock), new ConsoleApi(api, base), base, clock);
    return List.of(new ShowAsset(), new ShowKeysPage(desk));
  }
}
