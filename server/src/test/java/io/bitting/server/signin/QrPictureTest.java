package io.bitting.server.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn is read again by somebody else's reader. */
final class QrPictureTest {
  private static final String URI =
      "otpauth://totp/Bitting:ann%40granite.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
          + "&issuer=Bitting&algorithm=SHA1&digits=6&period=30";
  private static final Pattern SIDE = Pattern.compile("viewBox=\"0 0 ([0-9]+) \\1\"");
  private static final Pattern RUN = Pattern.compile("M([0-9]+) ([0-9]+)h([0-9]+)v1H([0-9]+)z");
  private static final int SCALE = 4;

  @ParameterizedTest
  @ValueSource(strings = {"a", URI, "Grüße, 🦄 & <b>"})
  void svg_ofAText_isReadAsThatText(String text) throws Exception {
    assertThat(read(QrPicture.svg(text, "title"))).isEqualTo(text);
  }

  @Test
  void svg_ofAnyLength_isRead() throws Exception {
    for (int length : new int[] {14, 100, 300, 1000, 2331}) {
      assertThat(read(QrPicture.svg("x".repeat(length), ""))).isEqualTo("x".repeat(length));
    }
    assertThatThrownBy(() -> QrPicture.svg("x".repeat(2332), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The control: without its upper left corner a picture is none. */
  @Test
  void svg_withoutACorner_isNotRead() {
    String svg = QrPicture.svg(URI, "title");
    String cut = svg.replaceAll("M(4|5|6|7|8|9|10) (4|5|6|7|8|9|10)h[0-9]+v1H[0-9]+z", "");

    assertThatThrownBy(() -> read(cut)).isInstanceOf(ReaderException.class);
  }

  /** No style, no script, nothing from elsewhere; and a title cannot bring any in. */
  @Test
  void svg_hasAttributesThatAStrictPolicyAllows() {
    String svg = QrPicture.svg(URI, "</title><script>alert(1)</script>&");

    assertThat(svg)
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=")
        .contains("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;</title>")
        .doesNotContain("style", "<script", "href", "secret");
  }

  private static String read(String svg) throws Exception {
    Matcher side = SIDE.matcher(svg);
    assertThat(side.find()).isTrue();
    int width = Integer.parseInt(side.group(1)) * SCALE;
    int[] pixels = new int[width * width];
    Arrays.fill(pixels, 0xffffff);
    Matcher run = RUN.matcher(svg);
    while (run.find()) {
      int x = Integer.parseInt(run.group(1));
      int y = Integer.parseInt(run.group(2));
      int length = Integer.parseInt(run.group(3));
      assertThat(run.group(4)).isEqualTo(run.group(1));
      for (int line = y * SCALE; line < (y + 1) * SCALE; line++) {
        Arrays.fill(pixels, line * width + x * SCALE, line * width + (x + length) * SCALE, 0);
      }
    }
    BinaryBitmap picture =
        new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, width, pixels)));
    return new QRCodeReader().decode(picture, Map.of(DecodeHintType.PURE_BARCODE, true)).getText();
  }
}
