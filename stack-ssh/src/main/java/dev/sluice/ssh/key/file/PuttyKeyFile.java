package dev.sluice.ssh.key.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of PuTTY, version 2 or 3 (PuTTY manual, appendix C).
 *
 * @param version 2 or 3
 * @param algorithm the key's type
 * @param headers the lines with a name, the number of the version left out
 * @param publicKey the key blob
 * @param privateKey the private fields, encrypted or not
 */
record PuttyKeyFile(
    int version,
    String algorithm,
    Map<String, String> headers,
    byte[] publicKey,
    byte[] privateKey) {
  static final String MARK = "PuTTY-User-Key-File-";

  private static final int MAX_LINES = 2048;

  static PuttyKeyFile parse(byte[] content) {
    List<String> lines =
        new String(content, StandardCharsets.UTF_8).lines().map(String::stripTrailing).toList();
    Map<String, String> headers = new LinkedHashMap<>();
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      int colon = line.indexOf(": ");
      if (colon < 0) {
        throw new KeyFileException.Damaged("line " + (at + 1) + " of the PuTTY key is no field");
      }
      String name = line.substring(0, colon);
      String value = line.substring(colon + 2);
      if (name.endsWith("-Lines")) {
        int count = count(value, lines.size() - at - 1);
        value = String.join("", lines.subList(at + 1, at + 1 + count));
        at += count;
      }
      headers.put(name, value);
    }
    int version = headers.containsKey(MARK + "3") ? 3 : 2;
    return new PuttyKeyFile(
        version,
        field(headers, MARK + version),
        headers,
        Base64.getDecoder().decode(field(headers, "Public-Lines")),
        Base64.getDecoder().decode(field(headers, "Private-Lines")));
  }

  StoredKey read(Passphrase passphrase) {
    PuttyProtection protection = PuttyProtection.of(this, passphrase);
    byte[] fields = protection.decrypt(privateKey);
    byte[] expected = HexFormat.of().parseHex(field("Private-MAC"));
    if (!MessageDigest.isEqual(protection.mac(this, fields), expected)) {
      throw protection.isEncrypted()
          ? new KeyFileException.WrongPassphrase()
          : new KeyFileException.Damaged("the MAC of the PuTTY key is wrong");
    }
    return new StoredKey(PuttyFields.decode(publicKey, fields), field("Comment"));
  }

  String field(String name) {
    return field(headers, name);
  }

  private static String field(Map<String, String> headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      throw new KeyFileException.Damaged("the PuTTY key has no " + name);
    }
    return value;
  }

  private static int count(String value, int left) {
    int count = Integer.parseInt(value);
    if (count < 0 || count > Math.min(left, MAX_LINES)) {
      throw new KeyFileException.Damaged("a part of " + count + " lines");
    }
    return count;
  }

  @Override
  public String toString() {
    return "PuttyKeyFile[" + version + ", " + algorithm + "]";
  }
}
