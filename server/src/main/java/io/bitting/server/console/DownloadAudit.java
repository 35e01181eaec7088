package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Header;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The audit as a table, up to its newest signed checkpoint. */
final class DownloadAudit extends Screen {
  /** Of 5,000 events each: what a browser and a sheet of a table bear. */
  private static final int PARTS_MAX = 10;

  DownloadAudit(Desk desk) {
    super(desk, Route.page("downloadAudit", "/audit.csv"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        visitor -> {
          Query query = call.query();
          AuditPage.Filter filter = ShowAuditPage.filter(query);
          query.check();
          AuditParts parts =
              new AuditParts(
                  cursor ->
                      ShowAuditPage.filtered(desk.ask(visitor, call, "exportAudit"), filter)
                          .query("format", "csv")
                          .query("limit", AuditParts.LIMIT)
                          .query("cursor", cursor)
                          .send(),
                  PARTS_MAX);
          byte[] table = all(parts);
          return parts.isCutOff() ? tooMuch(call, visitor, filter) : file(table);
        });
  }

  private static byte[] all(AuditParts parts) {
    try (SequenceInputStream in = new SequenceInputStream(parts)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer file(byte[] table) {
    return new Answer.Body(
        200,
        "text/csv",
        new Answer.Bytes(table),
        List.of(new Header("Content-Disposition", "attachment; filename=\"bitting-audit.csv\"")));
  }

  private Answer tooMuch(Call call, Visitor visitor, AuditPage.Filter filter) {
    return desk.again(
        call,
        visitor,
        new AuditPage(
            List.of(),
            null,
            filter,
            null,
            Faults.of(
                "These are more than 50,000 events, the most that are exported here at once; give days, or use: bitting audit export.")));
  }
}
