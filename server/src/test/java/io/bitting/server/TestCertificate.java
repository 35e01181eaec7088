package io.bitting.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate for 127.0.0.1 that nobody else vouches for, and its key. */
public final class TestCertificate {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "tls";

  private final KeyStore keys;

  private TestCertificate(KeyStore keys) {
    this.keys = keys;
  }

  public static TestCertificate make()
      throws IOException, GeneralSecurityException, InterruptedException {
    Path folder = TestServer.newFolder();
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=test.invalid",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(said);
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    for (Path file : List.of(store, folder)) {
      Files.delete(file);
    }
    return new TestCertificate(keys);
  }

  /** Writes the certificate as PEM. */
  public void writeCertificate(Path file) throws IOException, GeneralSecurityException {
    writePem(file, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
  }

  /** Writes its private key as PEM. */
  public void writeKey(Path file) throws IOException, GeneralSecurityException {
    writePem(file, "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded());
  }

  private static void writePem(Path file, String kind, byte[] der) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind));
  }

  /** Returns a context that trusts it and nothing else. */
  public SSLContext trusting() throws GeneralSecurityException, IOException {
    return context(null);
  }

  /** Returns a context that shows it, and trusts it and nothing else. */
  public SSLContext own() throws GeneralSecurityException, IOException {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    return context(own.getKeyManagers());
  }

  private SSLContext context(KeyManager @Nullable [] own)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
    TrustManagerFactory others =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    others.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, others.getTrustManagers(), null);
    return context;
  }
}
