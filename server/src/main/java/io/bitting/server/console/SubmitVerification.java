package io.bitting.server.console;

import io.bitting.audit.AuditFinding;
import io.bitting.audit.AuditVerification;
import io.bitting.audit.AuditVerifier;
import io.bitting.audit.VerifyingKey;
import io.bitting.client.protocol.AuditExport;
import io.bitting.client.protocol.SigningKeyAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Checks the whole audit chain, as {@code bitting audit verify} does with an export: signs where it
 * stands, exports it, and follows it from there.
 */
final class SubmitVerification extends Screen {
  /** Of 5,000 events each: so many take some 60 MB for a second or two. */
  private static final int PARTS_MAX = 40;

  private final ShowAuditPage page;

  SubmitVerification(Desk desk) {
    super(desk, Route.form("submitVerification", "/audit/verify"));
    this.page = new ShowAuditPage(desk);
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(
        call,
        (visitor, form) ->
            desk.page(call, visitor, page.verified(visitor, call, verify(call, visitor))));
  }

  private AuditPage.Chain verify(Call call, Visitor visitor) {
    // Whether the proof is fresh enough for an export is found out before anything is signed.
    Reply first = export(call, visitor, "", "1");
    if (!first.ok() && first.problem().status() != 409) {
      first.done();
    }
    desk.ask(visitor, call, "createAuditCheckpoint").send().done();
    List<VerifyingKey> keys =
        desk
            .ask(visitor, call, "listSigningKeys")
            .send()
            .page(SigningKeyAnswer.class)
            .items()
            .stream()
            .flatMap(key -> VerifyingKey.parse(key.publicKey()).stream())
            .toList();
    AuditVerifier verifier = new AuditVerifier(keys);
    AuditParts parts =
        new AuditParts(cursor -> export(call, visitor, cursor, AuditParts.LIMIT), PARTS_MAX);
    try (SequenceInputStream in = new SequenceInputStream(parts)) {
      AuditExport.read(in, verifier);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parts.isCutOff()
        ? new AuditPage.Chain(
            0,
            0,
            "It has more than 200,000 events, the most that are checked here; use: bitting audit export, and bitting audit verify.")
        : chain(verifier.finish());
  }

  private Reply export(Call call, Visitor visitor, String cursor, String limit) {
    return desk.ask(visitor, call, "exportAudit")
        .query("limit", limit)
        .query("cursor", cursor)
        .send();
  }

  private static AuditPage.Chain chain(AuditVerification verification) {
    int checkpoints = Math.toIntExact(verification.checkpoints());
    if (verification.isWhole()) {
      return new AuditPage.Chain(verification.events(), checkpoints, null);
    }
    List<AuditFinding> findings = verification.findings();
    String first = findings.getFirst().sentence();
    String sentence = first.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + first.substring(1);
    return new AuditPage.Chain(
        verification.events(),
        checkpoints,
        sentence
            + "."
            + (findings.size() == 1
                ? ""
                : " " + Phrases.count(findings.size() - 1L, "more finding") + "."));
  }
}
