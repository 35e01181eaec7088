package io.bitting.server.http;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of a table (RFC 4180), for spreadsheets.
 *
 * <p><b>Security guarantees.</b> What stands in a table was chosen by somebody and is opened by
 * somebody else: every cell is quoted, and one that a spreadsheet would take for a formula begins
 * with an apostrophe.
 */
public final class Csv {
  private static final String BEGINNINGS = "=+-@\t\r\n\0＝＋－＠";

  private Csv() {}

  /**
   * Returns a line with its end.
   *
   * @param cells the cells
   */
  public static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    boolean formula = !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
