package io.bitting.cli;

import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditFinding;
import io.bitting.audit.AuditVerification;
import io.bitting.audit.AuditVerifier;
import io.bitting.audit.VerifyingKey;
import io.bitting.client.protocol.AuditCheckpointAnswer;
import io.bitting.client.protocol.AuditExport;
import io.bitting.client.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    header = "Check an export of the audit, without a server.",
    description = {
      "Says of each event that was altered, removed, inserted or moved which one it is, by number and id. Exit code 1 if there is one.",
      "The key has to come from somewhere else than the export: bitting audit signing-keys, asked at another time and kept. That the newest events were cut off together with their checkpoints shows against a checkpoint that was kept elsewhere, and only so: --against."
    },
    footer = {
      "  bitting audit verify audit.ndjson --key-file signing-keys.pem",
      "  bitting audit verify audit.ndjson --key-file signing-keys.pem --against checkpoint.json"
    })
final class VerifyAudit implements Callable<Integer> {
  private static final int KEYS_BYTES_MAX = 64 * 1024;
  private static final int CHECKPOINT_BYTES_MAX = 64 * 1024;

  /** More findings than these nobody reads. */
  private static final int SHOWN_MAX = 100;

  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE", description = "The export, in ndjson.")
  private String file = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private @Nullable KeySource key;

  /** Where the public key is. */
  static final class KeySource {
    @Option(
        names = "--public-key",
        paramLabel = "KEY",
        description = "The public key: its PEM, or the line within.")
    private @Nullable String text;

    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "File with the PEM of one or more public keys.")
    private @Nullable String file;
  }

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "File with a checkpoint that was kept elsewhere: bitting audit checkpoint.")
  private @Nullable String against;

  @Mixin private final Presentation presentation;

  VerifyAudit(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    AuditVerifier verifier = new AuditVerifier(keys());
    Optional<AuditCheckpoint> kept = checkpoint();
    kept.ifPresent(verifier::against);
    try (InputStream in = Files.newInputStream(surroundings.path(file))) {
      AuditExport.read(in, verifier);
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, file + " cannot be read: " + Problems.reason(e), "");
    }
    AuditVerification verification = verifier.finish();
    presentation.show(json(verification), () -> print(verification));
    kept.filter(checkpoint -> checkpoint.number() < verification.first())
        .ifPresent(checkpoint ->
            surroundings.say(
                "The checkpoint is of event "
                    + checkpoint.number()
                    + ", which retention has cut off, so there is nothing to hold against it."));
    return verification.isWhole() && verification.events() > 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private List<VerifyingKey> keys() {
    KeySource source = java.util.Objects.requireNonNull(key);
    String text =
        source.file == null
            ? String.valueOf(source.text)
            : TextFile.read(surroundings, source.file, "a file of keys", KEYS_BYTES_MAX).text();
    List<VerifyingKey> keys =
        VerifyingKey.parse(
            text.contains("-----BEGIN")
                ? text
                : "-----BEGIN PUBLIC KEY-----\n" + text.strip() + "\n-----END PUBLIC KEY-----");
    if (keys.isEmpty()) {
      throw StopException.usage(
          (source.file == null ? "--public-key" : source.file) + " has no Ed25519 public key",
          "A file is named by --key-file. Get one from the server: bitting audit signing-keys > signing-keys.pem");
    }
    return keys;
  }

  private Optional<AuditCheckpoint> checkpoint() {
    if (against == null) {
      return Optional.empty();
    }
    String text = TextFile.read(surroundings, against, "a checkpoint", CHECKPOINT_BYTES_MAX).text();
    try {
      return Optional.of(
          Json.read(text.getBytes(StandardCharsets.UTF_8), AuditCheckpointAnswer.class)
              .toCheckpoint());
    } catch (IllegalArgumentException e) {
      throw StopException.usage(
          against + " is no checkpoint",
          "Give a file with one, as made by: bitting audit checkpoint > checkpoint.json");
    }
  }

  private void print(AuditVerification verification) {
    List<AuditFinding> findings = verification.findings();
    for (AuditFinding finding : findings.stream().limit(SHOWN_MAX).toList()) {
      surroundings.print(
          (finding.line() == 0 ? file : file + ":" + finding.line())
              + ": "
              + finding.kind().code()
              + ": "
              + Plain.text(finding.sentence()));
    }
    if (findings.size() > SHOWN_MAX) {
      surroundings.say((findings.size() - SHOWN_MAX) + " more; see them all: -o json");
    }
    String chain =
        verification.chain().map(which -> " of chain " + Plain.text(which.text())).orElse("");
    if (verification.events() == 0) {
      surroundings.say(file + " has no event.");
    } else if (verification.isWhole()) {
      surroundings.print(
          file
              + ": whole: "
              + count(verification.events(), "event")
              + chain
              + ", number "
              + verification.first()
              + " to "
              + verification.last()
              + ", and "
              + count(verification.checkpoints(), "signed checkpoint"));
      if (against == null) {
        surroundings.say(
            "Whether later events were cut off, only a checkpoint that was kept elsewhere tells: --against.");
      }
    } else {
      surroundings.say(
          file
              + ": "
              + findings.size()
              + " found in "
              + count(verification.events(), "event")
              + chain);
    }
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static Map<String, @Nullable Object> json(AuditVerification verification) {
    List<Map<String, @Nullable Object>> findings = new ArrayList<>();
    for (AuditFinding finding : verification.findings()) {
      Map<String, @Nullable Object> shown = new LinkedHashMap<>();
      shown.put("kind", finding.kind().code());
      shown.put("first", finding.first());
      shown.put("last", finding.last());
      shown.put("id", finding.id().orElse(null));
      shown.put("line", finding.line());
      shown.put("message", finding.sentence());
      findings.add(shown);
    }
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("whole", verification.isWhole() && verification.events() > 0);
    shown.put("chain", verification.chain().map(Object::toString).orElse(null));
    shown.put("events", verification.events());
    shown.put("checkpoints", verification.checkpoints());
    shown.put("first", verification.first());
    shown.put("last", verification.last());
    shown.put("findings", findings);
    return shown;
  }
}
