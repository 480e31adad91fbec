package dev.sluice.ftp.client;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.RemotePath;
import dev.sluice.api.Space;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.command.Digest;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.command.Verb;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What the server computes or knows: HASH, the X digests, AVBL. */
final class Digests {
  private static final Map<ChecksumAlgorithm, Verb> X_VERBS =
      Map.of(
          ChecksumAlgorithm.CRC32, Verb.XCRC,
          ChecksumAlgorithm.MD5, Verb.XMD5,
          ChecksumAlgorithm.SHA_1, Verb.XSHA1,
          ChecksumAlgorithm.SHA_256, Verb.XSHA256,
          ChecksumAlgorithm.SHA_512, Verb.XSHA512);

  private Digests() {}

  static boolean canCompute(Features features) {
    return features.lists("HASH")
        || features.lists("XSHA")
        || X_VERBS.values().stream().anyMatch(verb -> features.lists(verb.name()));
  }

  static Mono<Checksum> checksum(
      Job job, RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return Mono.defer(
        () -> {
          Features features = job.conversation().server.features;
          boolean whole = range.start() == 0 && range.isToEnd();
          if (whole && hashes(features, algorithm)) {
            return hash(job, file, algorithm);
          }
          Verb verb = xVerb(features, algorithm);
          if (verb == null) {
            return Mono.error(
                new FileFailure(
                    FileError.UNSUPPORTED, file, "the server computes no " + algorithm));
          }
          return digest(job, file, algorithm, range, verb);
        });
  }

  static Mono<Space> space(Job job, RemotePath directory) {
    OnPath command = new OnPath(Verb.AVBL, directory.toString());
    return job.expect(command)
        .map(
            reply -> {
              long free =
                  reply
                      .find(Facts::number)
                      .orElseThrow(
                          () ->
                              new PeerMisbehaved(
                                  "no number in the reply to AVBL: " + reply.describe()));
              return new Space(free, free);
            });
  }

  private static Mono<Checksum> hash(Job job, RemotePath file, ChecksumAlgorithm algorithm) {
    OnPath command = new OnPath(Verb.HASH, file.toString());
    return job.check(command)
        .then(job.format(TransferFormat.PLAIN))
        .then(job.expect(new Text(Verb.OPTS, "HASH " + algorithm.registeredName())))
        .then(job.expect(command))
        .flatMap(reply -> withSize(job, file, algorithm, hex(reply, algorithm), ByteRange.all()));
  }

  private static Mono<Checksum> digest(
      Job job, RemotePath file, ChecksumAlgorithm algorithm, ByteRange range, Verb verb) {
    return Facts.size(job, file)
        .defaultIfEmpty(-1L)
        .flatMap(
            size -> {
              boolean whole = range.start() == 0 && range.isToEnd();
              long end = size < 0 || whole ? Long.MAX_VALUE : endOf(range, size);
              return job.expect(new Digest(verb, file.toString(), range.start(), end));
            })
        .flatMap(reply -> withSize(job, file, algorithm, hex(reply, algorithm), range));
  }

  private static long endOf(ByteRange range, long size) {
    return range.start() + range.lengthWithin(size);
  }

  private static Mono<Checksum> withSize(
      Job job, RemotePath file, ChecksumAlgorithm algorithm, String hex, ByteRange range) {
    return Facts.size(job, file)
        .map(range::lengthWithin)
        .defaultIfEmpty(range.length())
        .map(octets -> new Checksum(algorithm, hex, octets));
  }

  private static boolean hashes(Features features, ChecksumAlgorithm algorithm) {
    String name = algorithm.registeredName().toUpperCase(Locale.ROOT);
    return Stream.of(features.parameter("HASH").split(";"))
        .map(word -> word.replace("*", "").strip())
        .anyMatch(name::equals);
  }

  private static @Nullable Verb xVerb(Features features, ChecksumAlgorithm algorithm) {
    Verb verb = X_VERBS.get(algorithm);
    if (verb != null && features.lists(verb.name())) {
      return verb;
    }
    boolean oldSha = algorithm == ChecksumAlgorithm.SHA_1 && features.lists("XSHA");
    return oldSha ? Verb.XSHA : null;
  }

  /** The digest somewhere in the reply, recognised by its length; HASH puts a range before it. */
  private static String hex(FtpReply reply, ChecksumAlgorithm algorithm) {
    int digits =
        switch (algorithm) {
          case CRC32 -> 8;
          case MD5 -> 32;
          case SHA_1 -> 40;
          case SHA_256 -> 64;
          case SHA_512 -> 128;
        };
    int fewest = algorithm == ChecksumAlgorithm.CRC32 ? 1 : digits;
    Pattern word = Pattern.compile("(?<!\\S)[0-9A-Fa-f]{" + fewest + "," + digits + "}(?!\\S)");
    for (String line : reply.lines()) {
      Matcher matcher = word.matcher(line);
      if (matcher.find()) {
        String found = matcher.group().toLowerCase(Locale.ROOT);
        return "0".repeat(digits - found.length()) + found;
      }
    }
    throw new PeerMisbehaved("no digest in the reply: " + reply.describe());
  }
}
