package io.bitting.samples.appsec;

import static io.bitting.scope.Requirement.allOf;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Endpoint;
import io.bitting.samples.Operation;
import io.bitting.samples.Operation.Body;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** The operations on the storage. */
final class Files {
  static final List<Endpoint<Workspace>> ENDPOINTS =
      List.of(
          Operation.get("/files", "list files", allOf("files:read")).by(Files::list),
          Operation.get("/files/{id}", "show a file", allOf("files:read")).by(Files::show),
          Operation.get("/files/{id}/content", "read a file", allOf("files:read")).by(Files::read),
          Operation.post(
                  "/targets/verify", "verify that a file names a target", allOf("files:read"))
              .taking(Body.JSON, "{\"target\": \"https://shop.example.com\"}")
              .by(Files::verify),
          Operation.post("/files", "upload a file", allOf("files:write"))
              .query("name")
              .example("/files?name=notes.txt")
              .taking(Body.BYTES, "GET https://shop.example.com/login\n")
              .by(Files::upload),
          Operation.delete("/files/{id}", "delete a file", allOf("files:write")).by(Files::delete),
          Operation.post(
                  "/files/{id}/scan",
                  "run a scan of the target that a file names",
                  allOf("scans:run", "files:read"))
              .by(Files::scan));

  private static final int STORED_BYTES_MAX = 4 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private Files() {}

  private static Answer list(Workspace w, Call call) {
    return Answer.found("files", w.files.all().stream().map(StoredFile::shown).toList());
  }

  private static Answer show(Workspace w, Call call) {
    return w.files.at(call.id(), file -> Answer.found(file.shown()));
  }

  private static Answer read(Workspace w, Call call) {
    return w.files.at(call.id(), file -> new Answer.Download(file.name(), file.content()));
  }

  private record Verification(String target, boolean verified, List<String> files) {}

  private static Answer verify(Workspace w, Call call) {
    String target = Target.read(call.fields());
    return call.fields()
        .then(() -> {
          String host = Target.host(target).orElseThrow();
          List<String> files =
              w.files.all().stream()
                  .filter(file -> file.text().contains("://" + host))
                  .map(StoredFile::id)
                  .toList();
          return Answer.found(new Verification(target, !files.isEmpty(), files));
        });
  }

  private static Answer upload(Workspace w, Call call) {
    String name = call.query("name").orElse("");
    if (!NAME.matcher(name).matches()) {
      return Answer.queryInvalid(
          "The query parameter \"name\" is missing or not a file name: 1 to 100 letters, digits, dots, hyphens and underscores, a letter or digit first.");
    }
    int stored = w.files.all().stream().mapToInt(file -> file.content().length()).sum();
    if (stored + call.content().length() > STORED_BYTES_MAX) {
      return Answer.conflict(
          "The storage holds at most " + STORED_BYTES_MAX + " bytes; delete a file first.");
    }
    Instant now = w.now();
    return w.files.create(id -> new StoredFile(id, name, call.content(), now), StoredFile::shown);
  }

  private static Answer delete(Workspace w, Call call) {
    return w.files.delete(call.id());
  }

  private static Answer scan(Workspace w, Call call) {
    return w.files.at(
        call.id(),
        file ->
            Target.mentioned(file.text())
                .map(target ->
                    Scans.start(
                        w, target, new Settings("Scan of " + file.name(), List.of("recorded"), 10)))
                .orElseGet(() ->
                    Answer.conflict(
                        "File "
                            + file.id()
                            + " names no target; it has no http or https address.")));
  }
}
