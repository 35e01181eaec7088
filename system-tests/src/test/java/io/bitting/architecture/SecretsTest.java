package io.bitting.architecture;

import static io.bitting.architecture.Codebase.usersOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.bitting.architecture.planted.Indiscreet;
import io.bitting.audit.SigningKey;
import io.bitting.client.protocol.SecretText;
import io.bitting.issue.IssuedKey;
import io.bitting.issue.Issuing;
import io.bitting.key.MintedToken;
import io.bitting.key.PlantedComparison;
import io.bitting.key.SecretDigest;
import io.bitting.key.TokenReader;
import io.bitting.seal.Bytes;
import io.bitting.seal.PepperKeyset;
import io.bitting.server.Keysets;
import io.bitting.server.keys.CreateKey;
import io.bitting.server.keys.ReplaceKey;
import io.bitting.server.keys.RotateKey;
import io.bitting.server.members.CreateInvitation;
import io.bitting.server.members.InvitationCodes;
import io.bitting.server.organizations.CreateOrganization;
import io.bitting.server.organizations.CreateSetupCode;
import io.bitting.server.organizations.SetUp;
import io.bitting.server.setup.FirstOwner;
import io.bitting.server.setup.SetupCodes;
import io.bitting.server.signin.EnrolApp;
import io.bitting.server.signin.Enrolment;
import io.bitting.server.signin.RecoveryCodes;
import io.bitting.server.signin.Totp;
import io.bitting.store.Writer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may touch a secret: each method that shows, makes or compares one, and the classes that call
 * it. The lists are exact, so a name that is no longer needed has to go. The command line shows
 * secrets to whoever ran it, and only there classes are not listed.
 */
final class SecretsTest {
  private static final String COMMAND_LINE = "io.bitting.cli.";

  /** A method, who calls it, and a class that was planted to call it too. */
  record Gate(Class<?> owner, String method, List<Class<?>> users, Class<?> planted) {
    @Override
    public String toString() {
      return owner.getSimpleName() + "." + method;
    }
  }

  static Stream<Gate> gates() {
    return Stream.of(
        // A token is shown once, by the endpoints that create a key or a secret, and to whoever
        // runs the command line.
        new Gate(
            MintedToken.class,
            "revealOnce",
            List.of(IssuedKey.class),
            Indiscreet.RevealsMinted.class),
        new Gate(
            IssuedKey.class,
            "revealOnce",
            List.of(CreateKey.class, RotateKey.class, ReplaceKey.class, SetUp.class),
            Indiscreet.RevealsIssued.class),
        // The template of the page that shows a token once, and the page that shows an invitation's
        // link.
        new Gate(
            SecretText.class,
            "reveal",
            List.of(
                hidden("io.bitting.server.console.JteRevealGenerated"),
                hidden("io.bitting.server.console.SubmitInvitation")),
            Indiscreet.RevealsText.class),
        new Gate(
            SetupCodes.Fresh.class,
            "text",
            List.of(CreateOrganization.class, CreateSetupCode.class),
            Indiscreet.RevealsCode.class),
        new Gate(
            InvitationCodes.Fresh.class,
            "text",
            List.of(CreateInvitation.class, hidden("io.bitting.server.members.InvitationMessage")),
            Indiscreet.RevealsInvitation.class),
        // What a person's own second factor rests on is shown to that person, when it is enrolled.
        new Gate(Totp.class, "revealText", List.of(EnrolApp.class), Indiscreet.RevealsSeed.class),
        new Gate(
            Totp.class, "revealUri", List.of(EnrolApp.class), Indiscreet.RevealsSeedAsUri.class),
        new Gate(
            RecoveryCodes.Fresh.class,
            "text",
            List.of(Enrolment.class),
            Indiscreet.RevealsRecoveryCode.class),
        new Gate(
            PepperKeyset.class,
            "revealText",
            List.of(Keysets.class),
            Indiscreet.RevealsPepper.class),
        // What signs checkpoints leaves the store encrypted, and comes back to sign.
        new Gate(
            SigningKey.class,
            "revealPrivate",
            List.of(hidden("io.bitting.jdbc.Checkpoints")),
            Indiscreet.RevealsSigningKey.class),
        new Gate(
            PepperKeyset.class,
            "decrypt",
            List.of(hidden("io.bitting.jdbc.Seals")),
            Indiscreet.Decrypts.class),
        // There is one way to a key, and the ceiling is in it.
        new Gate(MintedToken.class, "mint", List.of(Issuing.class), Indiscreet.Mints.class),
        new Gate(Writer.class, "insertKey", List.of(Issuing.class), Indiscreet.Inserts.class),
        new Gate(
            Writer.class, "insertSecret", List.of(Issuing.class), Indiscreet.InsertsSecret.class),
        new Gate(Issuing.class, "rotate", List.of(RotateKey.class), Indiscreet.Rotates.class),
        new Gate(Issuing.class, "replace", List.of(ReplaceKey.class), Indiscreet.Replaces.class),
        new Gate(
            Issuing.class,
            "issue",
            List.of(CreateKey.class, FirstOwner.class),
            Indiscreet.Issues.class),
        // Secrets are compared in one place, seals and hashes in another; both take the same time
        // wherever the difference is.
        new Gate(
            SecretDigest.class, "matches", List.of(TokenReader.class), PlantedComparison.class),
        new Gate(
            MessageDigest.class, "isEqual", List.of(Bytes.class), Indiscreet.ComparesDigests.class),
        new Gate(Arrays.class, "equals", List.of(), Indiscreet.ComparesArrays.class));
  }

  /** Finds a class that its package alone sees. */
  private static Class<?> hidden(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("gates")
  void secret_isTouchedByTheListedClassesAlone(Gate gate) {
    List<String> users = new ArrayList<>(usersOf(Codebase.shipped(), gate.owner(), gate.method()));
    users.removeIf(user -> user.startsWith(COMMAND_LINE));

    assertThat(users).containsExactlyInAnyOrderElementsOf(Codebase.names(gate.users()));
  }

  @ParameterizedTest
  @MethodSource("gates")
  void secret_touchedByAnotherClass_isFound(Gate gate) {
    JavaClasses planted = Codebase.planted(gate.planted());

    assertThat(usersOf(planted, gate.owner(), gate.method()))
        .containsExactly(Codebase.outermost(planted.get(gate.planted())));
  }
}
