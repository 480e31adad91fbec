package dev.sluice.ftp.client;

import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.error.FileFailure;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.listing.MlsxEntry;
import dev.sluice.ftp.reply.FtpReply;
import dev.sluice.ftp.transfer.TransferFormat;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Directories: MLSD, else LIST in whatever form the server has. Streamed. */
final class Listings {
  private Listings() {}

  static Flux<FileEntry> list(Job job, RemotePath directory, Consumer<String> unparsed) {
    return Flux.defer(
        () ->
            job.conversation().features.mayHave("MLST")
                ? mlsd(job, directory, unparsed)
                : listed(job, directory, unparsed));
  }

  /** Changes the working directory: what relative names and a bare LIST mean. */
  static Mono<Void> enter(Job job, RemotePath directory) {
    Conversation conversation = job.conversation();
    return home(job)
        .then(job.expect(new OnPath(Verb.CWD, directory.toString()), Verb.XCWD))
        .doOnNext(reply -> conversation.away = true)
        .then();
  }

  /** Back to where the login put us, for commands that name no absolute path. */
  static Mono<Void> goHome(Job job) {
    Conversation conversation = job.conversation();
    return Mono.defer(
        () -> {
          String home = conversation.home;
          if (!conversation.away || home == null) {
            return Mono.empty();
          }
          return job.expect(new OnPath(Verb.CWD, home))
              .doOnNext(reply -> conversation.away = false)
              .then();
        });
  }

  /** The working directory, out of the quotes of a 257 reply (RFC 959 appendix II). */
  static Mono<String> workingDirectory(Job job) {
    return job.send(new Bare(Verb.PWD))
        .flatMap(
            reply ->
                Job.isUnknown(reply)
                    ? job.expect(new Bare(Verb.XPWD))
                    : Job.positive(new Bare(Verb.PWD), reply))
        .map(Listings::quoted);
  }

  /** The text between the first quote and its closing undoubled one, else the first word. */
  static String quoted(FtpReply reply) {
    String text = reply.text();
    int start = text.indexOf('"');
    if (start < 0) {
      return text.strip().split(" ", 2)[0];
    }
    StringBuilder path = new StringBuilder();
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        if (i + 1 >= text.length() || text.charAt(i + 1) != '"') {
          break;
        }
        i++;
      }
      path.append(c);
    }
    return path.toString();
  }

  private static Mono<Void> home(Job job) {
    Conversation conversation = job.conversation();
    return Mono.defer(
        () ->
            conversation.home != null
                ? Mono.empty()
                : workingDirectory(job)
                    .doOnNext(path -> conversation.home = path)
                    .onErrorResume(FileFailure.class, unknown -> Mono.empty())
                    .then());
  }

  private static Flux<FileEntry> mlsd(
      Job job, RemotePath directory, Consumer<String> unparsed) {
    OnPath command = new OnPath(Verb.MLSD, directory.toString());
    return lines(job, command, TransferFormat.PLAIN)
        .<FileEntry>handle(
            (line, sink) -> {
              FileEntry entry = entry(directory, line, unparsed);
              if (entry != null) {
                sink.next(entry);
              }
            });
  }

  private static Flux<FileEntry> listed(
      Job job, RemotePath directory, Consumer<String> unparsed) {
    return enter(job, directory)
        .thenMany(
            lines(job, new OnPath(Verb.LIST, ""), TransferFormat.INITIAL))
        .<FileEntry>handle((line, sink) -> unparsed.accept(line));
  }

  private static Flux<String> lines(Job job, FtpCommand command, TransferFormat format) {
    return Flux.defer(
        () -> {
          LineSplitter splitter =
              new LineSplitter(
                  job.conversation().options.limits().listingLineOctets(),
                  job.conversation().charset());
          return job.transfer(command, format, 0)
              .flatMapMany(
                  transfer ->
                      transfer
                          .download()
                          .map(splitter::accept)
                          .concatWith(Mono.fromSupplier(splitter::finish)))
              .concatMapIterable(lines -> lines, 1);
        });
  }

  /** Null for the directory itself, its parent, and names that lead elsewhere. */
  private static @Nullable FileEntry entry(
      RemotePath directory, String line, Consumer<String> unparsed) {
    try {
      MlsxEntry entry = MlsxEntry.parse(line);
      String type = entry.facts().getOrDefault("type", "").toLowerCase(Locale.ROOT);
      if (type.equals("cdir") || type.equals("pdir") || isDots(entry.name())) {
        return null;
      }
      return new FileEntry(directory.child(entry.name()), Facts.attributes(entry.facts()));
    } catch (IllegalArgumentException | FileFailure e) {
      unparsed.accept(line);
      return null;
    }
  }

  private static boolean isDots(String name) {
    return name.equals(".") || name.equals("..");
  }
}
