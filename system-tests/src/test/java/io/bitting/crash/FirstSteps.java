package io.bitting.crash;

import io.bitting.client.BittingClient;
import io.bitting.client.CatalogText;
import io.bitting.client.protocol.ApiForm;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.SetupAnswer;
import io.bitting.client.protocol.SetupRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a new server is given first: an owner, and the sample API with its catalog.
 *
 * @param ownerKey the owner's key
 * @param owner its token
 */
record FirstSteps(KeyAnswer ownerKey, SecretText owner) {

  static FirstSteps take(ChildServer server) {
    SecretText code = SecretText.of(server.setupCode().orElseThrow());
    SetupAnswer made =
        BittingClient.builder(server.base())
            .build()
            .setup(new SetupRequest(code, null, null))
            .orThrow();
    BittingClient client = BittingClient.builder(server.base()).token(made.token()::reveal).build();
    client.putApi(Writer.API, new ApiForm("AppSec", "nex")).orThrow();
    client
        .putCatalog(Writer.API, new CatalogText(CatalogText.Form.YAML, catalog()), Optional.empty())
        .orThrow();
    return new FirstSteps(made.key(), made.token());
  }

  static String catalog() {
    try {
      return Files.readString(Path.of("..", "catalogs", "appsec.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
