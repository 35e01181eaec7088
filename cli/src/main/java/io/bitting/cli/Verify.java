package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.Check;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.VerifyAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    header = "Ask whether a token may do something.",
    description = {
      "The token to be checked comes from a file, standard input or a prompt, never from a flag. Your own token needs keys:verify with a reach that names the API.",
      "Exit code 0 if it is allowed, 5 if it is denied."
    },
    footer = {
      "  bitting verify --api appsec --scope scans:read --key-file token",
      "  bitting verify --api appsec --any-of \"scans:read\" --any-of \"scans:run bot\" --key-stdin < token"
    })
final class Verify extends ServerCommand {
  @Option(
      names = "--api",
      paramLabel = "API",
      required = true,
      description = "The API that is called.")
  private String api = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Asked asked = new Asked();

  @ArgGroup(exclusive = true)
  private @Nullable Subject subject;

  @Option(names = "--source", paramLabel = "IP", description = "Where the caller is.")
  private @Nullable String source;

  /** What is required. */
  static final class Asked {
    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        description = "A scope, or some separated by blanks; all of them are required. Repeatable.")
    private List<String> scopes = new ArrayList<>();

    @Option(
        names = "--any-of",
        paramLabel = "SCOPES",
        description =
            "An alternative: scopes separated by blanks. Repeatable; one of them must be met.")
    private List<String> anyOf = new ArrayList<>();

    @Option(names = "--any-valid-key", description = "Any key that is valid for the API.")
    private boolean anyValidKey;

    @Option(
        names = "--operation",
        paramLabel = "OPERATION",
        description =
            "A method and a path, as \"GET /users/7\"; the server knows what it requires.")
    private @Nullable String operation;
  }

  /** Where the token to be checked is. */
  static final class Subject {
    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "File with the token to be checked.")
    private @Nullable String file;

    @Option(
        names = "--key-stdin",
        description = "Read the token to be checked from standard input.")
    private boolean stdin;
  }

  @Mixin private final Questions questions;

  Verify(Surroundings surroundings) {
    super(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    SecretText token = token();
    BittingClient client = connection.client();
    List<String> scopes = Words.of(asked.scopes);
    Check check =
        new Check(
            token,
            api,
            asked.scopes.isEmpty() ? null : scopes,
            asked.anyOf.isEmpty() ? null : asked.anyOf.stream().map(Words::of).toList(),
            asked.anyValidKey ? Boolean.TRUE : null,
            asked.operation == null ? null : operation(asked.operation),
            source == null ? null : new Check.Source(source));
    VerifyAnswer answer = client.verify(check).orThrow();
    presentation.show(answer, () -> print(answer));
    return answer.decision().equals("allowed") ? ExitCode.OK : ExitCode.REFUSED;
  }

  private SecretText token() {
    Secrets secrets = new Secrets(surroundings);
    if (subject == null) {
      return questions.hidden("token to be checked", "Give --key-file or --key-stdin.");
    }
    if (subject.stdin && connection.readsIn()) {
      throw StopException.usage(
          "--key-stdin and --token-stdin both want standard input",
          "Give one of the two tokens in a file.");
    }
    return subject.file == null ? secrets.fromIn() : secrets.fromFile(subject.file);
  }

  private static Check.Call operation(String text) {
    List<String> words = Words.of(text);
    if (words.size() != 2) {
      throw StopException.usage(
          "--operation is \"" + text + "\"; it is to be a method and a path",
          "Write it as \"GET /users/7\".");
    }
    return new Check.Call(words.get(0), words.get(1));
  }

  private void print(VerifyAnswer answer) {
    StringBuilder line = new StringBuilder(answer.decision());
    if (answer.reason() != null) {
      line.append("  ").append(answer.reason());
    }
    if (answer.key() != null) {
      line.append("  key ")
          .append(answer.key().id())
          .append(" of organization ")
          .append(answer.key().organization());
    }
    if (answer.operation() != null) {
      line.append("  ")
          .append(answer.operation().method())
          .append(' ')
          .append(answer.operation().path());
    }
    if (!answer.missingScopes().isEmpty()) {
      line.append("  missing ").append(String.join(" ", answer.missingScopes()));
    }
    surroundings.print(Plain.text(line.toString()));
  }
}
