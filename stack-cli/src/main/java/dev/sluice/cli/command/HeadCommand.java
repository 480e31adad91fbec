package dev.sluice.cli.command;

import dev.sluice.api.ByteRange;
import dev.sluice.cli.connect.PlaceWords;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.option.OctetCount;
import dev.sluice.cli.place.ByteStreams;
import dev.sluice.cli.place.LocalStreams;
import dev.sluice.cli.place.Place;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.UsageError;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** {@code sluice head}: how files begin. */
@Command(
    name = "head",
    description = "Writes the first lines of files to standard output; no more than that is read.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice head ftp://ftp.example.org/pub/README",
      "  sluice head -n 1 'sftp://ann@host/in/*.csv'",
      "  sluice head -c 512 sftp://ann@host/disk.img > sector"
    })
public final class HeadCommand implements Callable<Integer> {
  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "10",
      description = "Writes N lines of each file (default: 10).")
  private long lines;

  @Option(
      names = {"-c", "--octets"},
      paramLabel = "SIZE",
      converter = OctetCount.class,
      description = "Writes so many octets instead, such as 512 or 64k.")
  private @Nullable Long octets;

  @Mixin private PlaceWords words = new PlaceWords();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    if (lines < 1) {
      throw new UsageError("-n takes a number of lines, 1 at least");
    }
    try (OutputStream out = LocalStreams.write(LocalStreams.STANDARD)) {
      words.each(remote, place -> write(place, out));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to standard output: " + e.getMessage(), e);
    }
    return ExitStatus.DONE;
  }

  private Publisher<?> write(Place place, OutputStream out) {
    Long count = octets;
    return ByteStreams.write(
        count == null
            ? lines(place.tree().read(place.path(), ByteRange.all()), lines)
            : place.tree().read(place.path(), ByteRange.of(0, count)),
        out);
  }

  /** Cancels the read with the last line: a server sends what is on its way and no more. */
  static Flux<ByteBuf> lines(Flux<ByteBuf> content, long count) {
    return Flux.defer(
        () -> {
          AtomicLong left = new AtomicLong(count);
          return content.map(buffer -> cut(buffer, left)).takeUntil(buffer -> left.get() == 0);
        });
  }

  private static ByteBuf cut(ByteBuf buffer, AtomicLong left) {
    int from = buffer.readerIndex();
    while (left.get() > 0) {
      int end = buffer.indexOf(from, buffer.writerIndex(), (byte) '\n');
      if (end < 0) {
        return buffer;
      }
      from = end + 1;
      left.decrementAndGet();
    }
    return buffer.writerIndex(from);
  }
}
