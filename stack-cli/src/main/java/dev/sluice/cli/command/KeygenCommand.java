package dev.sluice.cli.command;

import dev.sluice.api.RawName;
import dev.sluice.cli.key.KeyType;
import dev.sluice.cli.key.NewKeyFile;
import dev.sluice.cli.key.Passphrases;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.file.KeyFileException;
import dev.sluice.ssh.key.file.OpenSshKeyFile;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import dev.sluice.ssh.key.file.StoredKey;
import dev.sluice.ssh.wire.SshViolation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice keygen}: makes keys to log in with over SSH. */
@Command(
    name = "keygen",
    description =
        "Makes a key to log in with over SSH: FILE in the format of OpenSSH, and FILE.pub for"
            + " servers; prints its fingerprint.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice keygen --no-passphrase id_partner",
      "  sluice keygen -t ecdsa -C ann@office --passphrase-file secret id_partner",
      "  sluice keygen --show id_partner.pub"
    })
public final class KeygenCommand implements Callable<Integer> {
  @Option(
      names = {"-t", "--type"},
      paramLabel = "TYPE",
      defaultValue = "ed25519",
      description = "ed25519, ecdsa or rsa (default: ed25519).")
  private KeyType type = KeyType.ED25519;

  @Option(
      names = {"-b", "--bits"},
      paramLabel = "N",
      description = "Size of the key: of rsa 2048 to 8192 (default: 3072), of ecdsa 256, 384, 521.")
  private @Nullable Integer bits;

  @Option(
      names = {"-C", "--comment"},
      paramLabel = "TEXT",
      description = "What the key is for; stands at the end of its public line.")
  private String comment = "";

  @Option(names = "--force", description = "Replaces a key that is there: it is lost.")
  private boolean force;

  @Option(
      names = "--show",
      description = "Makes nothing: shows the fingerprint and the public line of the key in FILE.")
  private boolean show;

  @Option(
      names = "--json",
      description = "Prints events for a script, one object of JSON on each line.")
  private boolean json;

  @Mixin private Passphrases passphrases = new Passphrases();

  @Parameters(
      paramLabel = "FILE",
      description = "The private key; with --show, or its public line.")
  private Path file = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (!RawName.escape(comment).equals(comment)) {
      throw new UsageError("a comment is one line without control characters");
    }
    if (show) {
      shown();
    } else {
      made();
    }
    return ExitStatus.DONE;
  }

  private void made() {
    NewKeyFile target = new NewKeyFile(file, force);
    target.requireFree();
    SecureRandom random = new SecureRandom();
    StoredKey key = new StoredKey(type.generate(bits, random), comment);
    char[] passphrase = passphrases.chosen();
    try {
      String text =
          passphrase.length == 0
              ? OpenSshKeyFile.format(key, random)
              : OpenSshKeyFile.format(key, passphrase, random);
      target.write(text, line(key.key().publicKey(), comment) + "\n");
    } finally {
      Arrays.fill(passphrase, '\0');
    }
    report(key.key().publicKey(), comment, false);
  }

  private void shown() {
    try {
      if (Files.size(file) > PrivateKeyFile.MAX_BYTES) {
        throw new UsageError(file + " is too large for a key");
      }
      byte[] content = Files.readAllBytes(file);
      String text = new String(content, StandardCharsets.UTF_8).strip();
      String[] words = text.split("\\s+", 3);
      if (words.length > 1 && SshPublicKey.isKnownType(words[0])) {
        SshPublicKey key = SshPublicKey.decode(Base64.getDecoder().decode(words[1]));
        report(key, words.length > 2 ? words[2] : "", true);
        return;
      }
      StoredKey key = stored(content);
      report(key.key().publicKey(), key.comment(), true);
    } catch (IOException e) {
      throw new UsageError("cannot read the key: " + PlainWords.of(e));
    } catch (KeyFileException | SshViolation | IllegalArgumentException e) {
      throw new UsageError(file + " holds no key that can be read: " + e.getMessage());
    }
  }

  private StoredKey stored(byte[] content) {
    try {
      return PrivateKeyFile.read(content, new char[0]);
    } catch (KeyFileException.PassphraseRequired e) {
      return PrivateKeyFile.read(content, passphrases.of(file));
    }
  }

  private void report(SshPublicKey key, String about, boolean withLine) {
    Report report = new Report(spec.commandLine().getOut(), json);
    String line = line(key, about);
    report.both(
        key.fingerprint() + " " + key.type() + (about.isEmpty() ? "" : " " + RawName.escape(about)),
        Event.KEY,
        Fields.of("file", file.toString())
            .and("type", key.type())
            .and("fingerprint", key.fingerprint())
            .and("line", line));
    if (withLine) {
      report.line(RawName.escape(line));
    }
  }

  private static String line(SshPublicKey key, String about) {
    String bare = key.type() + " " + Base64.getEncoder().encodeToString(key.blob());
    return about.isEmpty() ? bare : bare + " " + about;
  }
}
