package io.bitting.server.signin;

import io.nayuki.qrcodegen.QrCode;

/**
 * Draws a text as a QR code: an SVG without styles or scripts, made here, since what it shows is a
 * secret that no other server should see.
 *
 * <p>Thread-safe: stateless.
 */
public final class QrPicture {
  /** The light border that readers need, in modules. */
  private static final int BORDER = 4;

  private QrPicture() {}

  /**
   * Draws a text, with dark modules on light ones in every theme.
   *
   * @param text the text, at most 2,331 bytes of UTF-8
   * @param title what the picture is, for who cannot see it; not the secret itself
   * @return an element {@code svg} without width and height
   * @throws IllegalArgumentException if the text is too long
   */
  public static String svg(String text, String title) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    int side = code.size + 2 * BORDER;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + side
        + " "
        + side
        + "\" role=\"img\" shape-rendering=\"crispEdges\"><title>"
        + escaped(title)
        + "</title><path fill=\"#fff\" d=\"M0 0h"
        + side
        + "v"
        + side
        + "H0z\"/><path fill=\"#000\" d=\""
        + modules(code)
        + "\"/></svg>";
  }

  /** Draws each row's dark modules as runs. */
  private static String modules(QrCode code) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        int begin = x;
        while (code.getModule(x, y)) {
          x++;
        }
        if (x > begin) {
          path.append('M').append(begin + BORDER).append(' ').append(y + BORDER);
          path.append('h').append(x - begin).append("v1H").append(begin + BORDER).append('z');
        }
      }
    }
    return path.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
