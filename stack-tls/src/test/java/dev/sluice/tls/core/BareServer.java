package dev.sluice.tls.core;

import java.io.IOException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Hashtable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/** A server of TLS 1.3 that sends whatever messages a test wants, wherever it wants them. */
final class BareServer extends TlsServerProtocol {
  private static final SignatureAndHashAlgorithm ECDSA =
      new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

  private BareServer() {}

  /** A server that waits for a hello, with a certificate of P-256. */
  static BareServer of(KeyPair keys, X509Certificate certificate) {
    JcaTlsCrypto crypto =
        new JcaTlsCryptoProvider()
            .setProvider(new BouncyCastleProvider())
            .create(new SecureRandom());
    BareServer server = new BareServer();
    try {
      CertificateEntry entry =
          new CertificateEntry(
              crypto.createCertificate(certificate.getEncoded()), (Hashtable<?, ?>) null);
      Certificate chain = new Certificate(TlsUtils.EMPTY_BYTES, new CertificateEntry[] {entry});
      server.accept(
          new DefaultTlsServer(crypto) {
            @Override
            protected ProtocolVersion[] getSupportedVersions() {
              return ProtocolVersion.TLSv13.only();
            }

            @Override
            public TlsCredentials getCredentials() {
              return new JcaDefaultTlsCredentialedSigner(
                  new TlsCryptoParameters(context), crypto, keys.getPrivate(), chain, ECDSA);
            }
          });
      return server;
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes what the client says and returns what there is to say. */
  byte[] converse(byte[] octets) {
    try {
      offerInput(octets);
      return output();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A record of application data. */
  byte[] data(String text) {
    return record(
        ContentType.application_data, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  /** A message of the handshake protocol in records of its own. */
  byte[] message(int type, byte[] body) {
    byte[] message = new byte[4 + body.length];
    message[0] = (byte) type;
    TlsUtils.writeUint24(body.length, message, 1);
    System.arraycopy(body, 0, message, 4, body.length);
    return record(ContentType.handshake, message);
  }

  private byte[] record(short type, byte[] content) {
    try {
      for (int at = 0; at < content.length; at += 1 << 14) {
        safeWriteRecord(type, content, at, Math.min(1 << 14, content.length - at));
      }
      return output();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] output() {
    byte[] octets = new byte[getAvailableOutputBytes()];
    readOutput(octets, 0, octets.length);
    return octets;
  }
}
