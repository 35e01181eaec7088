package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.CatalogChange;
import io.bitting.client.protocol.OperationsChange;
import io.bitting.openapi.OpenApiDocument;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.Optional;
import java.util.Set;

/**
 * Takes an API's description: shows what it would change, and changes it when it is sent again from
 * there. Between the two the document is kept in the page, and nowhere else.
 */
final class SubmitImport extends Screen {
  /** A document as long as it may be, written as text, and the rest of a form. */
  private static final int BYTES_MAX = OpenApiDocument.BYTES_MAX / 2 * 3;

  /** The one field that something may be wrong with; a document has faults of its own. */
  private static final Set<String> FIELDS = Set.of("document");

  SubmitImport(Desk desk) {
    super(
        desk,
        Route.form("submitImport", "/catalog/{api}/import")
            .taking(Set.of("application/x-www-form-urlencoded", Form.WITH_FILES), BYTES_MAX));
  }

  @Override
  public Optional<Answer> beforeBody(Call call) {
    return desk.beforeForm(call);
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(
        call,
        (visitor, form) -> {
          ApiAnswer api = ShowCatalogsPage.api(desk, visitor, call);
          String kind =
              form.text("kind").equals(ImportPage.CATALOG)
                  ? ImportPage.CATALOG
                  : ImportPage.OPERATIONS;
          return form.has("upload")
              ? apply(call, visitor, form, api, kind)
              : propose(call, visitor, form.file("document"), api, kind);
        });
  }

  private Answer propose(Call call, Visitor visitor, byte[] document, ApiAnswer api, String kind) {
    if (document.length == 0) {
      return again(
          call,
          visitor,
          api,
          kind,
          Faults.of("document", "no document was chosen, or an empty one", "Choose a file."));
    }
    Reply reply = put(call, visitor, api, kind, document, "dry_run", "true");
    return reply.ok()
        ? desk.page(
            call,
            visitor,
            new ImportPage(api, kind, change(reply, kind), Upload.pack(document), Faults.NONE))
        : again(call, visitor, api, kind, reply.faults().in(FIELDS));
  }

  private Answer apply(Call call, Visitor visitor, Form form, ApiAnswer api, String kind) {
    byte[] document = Upload.unpack(form.text("upload"), OpenApiDocument.BYTES_MAX);
    Reply reply = put(call, visitor, api, kind, document, "confirm", form.text("confirm"));
    if (reply.ok()) {
      return Desk.on(
          "/catalog/" + api.id() + (kind.equals(ImportPage.CATALOG) ? "" : "/operations"),
          kind.equals(ImportPage.CATALOG)
              ? "The catalog of " + api.name() + " is changed."
              : "The operations of " + api.name() + " are changed.");
    }
    Faults faults = reply.faults().in(FIELDS);
    Reply proposed = put(call, visitor, api, kind, document, "dry_run", "true");
    return proposed.ok()
        ? desk.again(
            call,
            visitor,
            new ImportPage(api, kind, change(proposed, kind), form.text("upload"), faults))
        : again(call, visitor, api, kind, faults);
  }

  private Answer again(Call call, Visitor visitor, ApiAnswer api, String kind, Faults faults) {
    return desk.again(call, visitor, new ImportPage(api, kind, null, "", faults));
  }

  private Reply put(
      Call call,
      Visitor visitor,
      ApiAnswer api,
      String kind,
      byte[] document,
      String parameter,
      String value) {
    ConsoleApi.Ask ask =
        kind.equals(ImportPage.CATALOG)
            ? desk.ask(visitor, call, "putCatalog")
            : desk.ask(visitor, call, "putOperations");
    return ask.path("api", api.id())
        .query(parameter, value)
        .body(isJson(document) ? "application/json" : "application/yaml", document)
        .send();
  }

  private static ImportPage.Change change(Reply reply, String kind) {
    return kind.equals(ImportPage.CATALOG)
        ? new ImportPage.OfCatalog(reply.read(CatalogChange.class))
        : new ImportPage.OfOperations(reply.read(OperationsChange.class));
  }

  /** An object begins with a brace; in YAML that would be JSON, too. */
  private static boolean isJson(byte[] document) {
    for (byte each : document) {
      if (!Character.isWhitespace(each)) {
        return each == '{';
      }
    }
    return false;
  }
}
