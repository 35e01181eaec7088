package io.bitting.cli.demo;

import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a demo says when it is ready. The tokens in it are good for a day, for sample data on this
 * machine.
 */
public final class DemoBanner {
  private DemoBanner() {}

  /**
   * Returns the lines.
   *
   * @param version the version of Bitting
   * @param demo the demo
   * @param took how long it took to start
   * @param folder the name of its folder
   * @param header the name of the file that has the reader's credential as a header
   */
  public static List<String> lines(
      String version, Demo demo, Duration took, String folder, String header) {
    String address = demo.baseUrl().replaceFirst("^http://", "");
    String scans = address + demo.appsecPath() + "/scans";
    String at = "@" + header;
    return List.of(
        String.format(
            Locale.ROOT, "Bitting %s · ready in %.1f s", version, took.toMillis() / 1000.0),
        "  Listens  " + address + ", on this machine only",
        "  OpenAPI  " + demo.baseUrl() + "/openapi.json",
        "  Data     " + folder + " (SQLite, made anew)",
        "✓ organization \"Demo\" · API appsec (20 scopes), running at " + demo.appsecPath() + "/",
        line(demo.reader(), "scans:read") + "   in " + header + " (mode 600)",
        "  " + demo.reader().token().reveal(),
        line(demo.admin(), "all scopes"),
        "  " + demo.admin().token().reveal(),
        "✓ API personnel (142 scopes, 714 operations), running at " + demo.personnelPath() + "/",
        line(demo.personnelReader(), "view:user view:group"),
        "  " + demo.personnelReader().token().reveal(),
        "✓ profile \"demo\" for this command line: the key of the organization's owner",
        "Try, in another terminal:",
        "  curl -H " + at + " " + scans,
        "  curl -i -X DELETE -H " + at + " " + scans + "/1",
        "  bitting keys list --profile demo",
        "In a browser, become the organization's first owner (one use, within 30 min):",
        "  " + demo.setupLink());
  }

  private static String line(CreatedKey created, String scopes) {
    KeyAnswer key = created.key();
    return String.format(
        Locale.ROOT, "✓ key %-18s %-20s expires in 24 h", "\"" + key.name() + "\"", scopes);
  }
}
