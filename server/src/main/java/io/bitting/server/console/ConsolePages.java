package io.bitting.server.console;

import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;

/**
 * Turns pages into HTML.
 *
 * <p><b>Security guarantees.</b> Every text that a page holds is shown as text, escaped for where
 * it stands. Should that ever fail, {@link #POLICY} lets run no script but the console's own files,
 * load nothing from elsewhere, send forms nowhere else, and be framed by nobody. Not given: whether
 * the visitor may see what the page holds was decided by whoever made it.
 *
 * <p>Stateless and thread-safe. A page takes well below a millisecond; that of a catalog with a
 * hundred scopes a few.
 */
final class ConsolePages {
  /** The {@code Content-Security-Policy} of every page: files of the console's own origin alone. */
  static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private ConsolePages() {}

  /**
   * Makes the HTML of a page.
   *
   * @param frame what stands around it
   * @param page what it shows
   * @return the whole document in UTF-8
   */
  static byte[] html(Frame frame, ConsolePage page) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    render(new OwaspHtmlTemplateOutput(output), frame, page);
    return output.toByteArray();
  }

  /* What JTE generates takes null for no interceptor, and is in a package that is marked. */
  @SuppressWarnings("NullAway")
  private static void render(HtmlTemplateOutput out, Frame frame, ConsolePage any) {
    switch (any) {
      case KeysPage page -> JteKeysGenerated.render(out, null, frame, page);
      case NewKeyPage page -> JteNewKeyGenerated.render(out, null, frame, page);
      case RevealPage page -> JteRevealGenerated.render(out, null, frame, page);
      case KeyPage page -> JteKeyGenerated.render(out, null, frame, page);
      case RotatePage page -> JteRotateGenerated.render(out, null, frame, page);
      case RevokePage page -> JteRevokeGenerated.render(out, null, frame, page);
      case RevokeKeysPage page -> JteRevokeKeysGenerated.render(out, null, frame, page);
      case ReviewPage page -> JteReviewGenerated.render(out, null, frame, page);
      case CatalogPage page -> JteCatalogGenerated.render(out, null, frame, page);
      case ImportPage page -> JteImportGenerated.render(out, null, frame, page);
      case OperationsPage page -> JteOperationsGenerated.render(out, null, frame, page);
      case OperationPage page -> JteOperationGenerated.render(out, null, frame, page);
      case AuditPage page -> JteAuditGenerated.render(out, null, frame, page);
      case MembersPage page -> JteMembersGenerated.render(out, null, frame, page);
      case MemberPage page -> JteMemberGenerated.render(out, null, frame, page);
      case SettingsPage page -> JteSettingsGenerated.render(out, null, frame, page);
      case AccountPage page -> JteAccountGenerated.render(out, null, frame, page);
      case EnrolPage page -> JteEnrolGenerated.render(out, null, frame, page);
      case CodesPage page -> JteCodesGenerated.render(out, null, frame, page);
      case SignInPage page -> JteSignInGenerated.render(out, null, frame, page);
      case SecondFactorPage page -> JteSecondFactorGenerated.render(out, null, frame, page);
      case SetupPage page -> JteSetupGenerated.render(out, null, frame, page);
      case JoinPage page -> JteJoinGenerated.render(out, null, frame, page);
      case RefusalPage page -> JteRefusalGenerated.render(out, null, frame, page);
    }
  }
}
