package dev.sluice.ssh.key;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.Uint32;
import dev.sluice.ssh.wire.Uint64;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Makes certificates, also such as no authority would sign. */
public final class Certificates {
  private final SshPublicKey subject;
  private final SshPrivateKey authority;
  private final TreeMap<String, String> critical = new TreeMap<>();
  private SignatureAlgorithm algorithm;
  private SshPublicKey shownAuthority;
  private List<String> principals = List.of("ann");
  private long role = 1;
  private long validAfter;
  private long validBefore = Uint64.MAX;

  public Certificates(SshPublicKey subject, SshPrivateKey authority) {
    this.subject = subject;
    this.authority = authority;
    this.shownAuthority = authority.publicKey();
    this.algorithm = SignatureAlgorithms.fitting(authority.publicKey()).get(0);
  }

  public Certificates role(long newRole) {
    role = newRole;
    return this;
  }

  public Certificates principals(String... names) {
    principals = List.of(names);
    return this;
  }

  public Certificates valid(long after, long before) {
    validAfter = after;
    validBefore = before;
    return this;
  }

  public Certificates critical(String name, String value) {
    critical.put(name, value);
    return this;
  }

  public Certificates signedWith(SignatureAlgorithm other) {
    algorithm = other;
    return this;
  }

  public Certificates showing(SshPublicKey other) {
    shownAuthority = other;
    return this;
  }

  /** The blob. */
  public byte[] blob() {
    byte[] signed =
        Encoded.bytes(
            out -> {
              SshString.write(out, Certificate.typeFor(subject.type()));
              SshString.write(out, new byte[32]);
              subject.encodeFields(out);
              Uint64.write(out, 7);
              Uint32.write(out, role);
              SshString.write(out, "an id");
              SshString.write(out, strings(principals));
              Uint64.write(out, validAfter);
              Uint64.write(out, validBefore);
              SshString.write(out, options());
              SshString.write(out, "");
              SshString.write(out, "");
              SshString.write(out, shownAuthority.blob());
            });
    return Encoded.bytes(
        out -> {
          out.writeBytes(signed);
          SshString.write(out, algorithm.sign(authority, signed));
        });
  }

  public Certificate make() {
    return (Certificate) SshPublicKey.decode(blob());
  }

  private byte[] options() {
    List<byte[]> parts = new ArrayList<>();
    critical.forEach((name, value) -> parts.add(option(name, value)));
    return Encoded.bytes(out -> parts.forEach(out::writeBytes));
  }

  private static byte[] option(String name, String value) {
    byte[] data = value.isEmpty() ? new byte[0] : Encoded.bytes(out -> SshString.write(out, value));
    return Encoded.bytes(
        out -> {
          SshString.write(out, name);
          SshString.write(out, data);
        });
  }

  private static byte[] strings(List<String> values) {
    return Encoded.bytes(out -> values.forEach(value -> SshString.write(out, value)));
  }
}
