package dev.sluice.cli.command;

import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.RunningChecksum;
import dev.sluice.cli.connect.PlaceWords;
import dev.sluice.cli.connect.RemoteOptions;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.place.Place;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import reactor.core.publisher.Mono;

/** {@code sluice sum}: checksums of files. */
@Command(
    name = "sum",
    description =
        "Prints checksums of files, as sha256sum does: computed by the server if it can, otherwise"
            + " by reading the file.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice sum 'sftp://ann@host/data/*.gz'",
      "  sluice sum -a sha512 f sftp://ann@host/f"
    })
public final class SumCommand implements Callable<Integer> {
  @Option(
      names = {"-a", "--algorithm"},
      paramLabel = "NAME",
      defaultValue = "sha256",
      converter = Algorithm.class,
      description = "One of crc32, md5, sha1, sha256, sha512 (default: sha256).")
  private ChecksumAlgorithm algorithm = ChecksumAlgorithm.SHA_256;

  @Option(names = "--read", description = "Reads every file, whatever the server says about it.")
  private boolean read;

  @Mixin private PlaceWords words = new PlaceWords();

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    return words.each(remote, this::show);
  }

  private Publisher<?> show(Place place) {
    return sum(place.tree(), place.path())
        .doOnNext(
            sum ->
                remote
                    .report()
                    .both(
                        sum.hex() + "  " + place.shown(),
                        Event.CHECKSUM,
                        Fields.of("place", place.wordOf(place.path()))
                            .and("algorithm", name(algorithm))
                            .and("hex", sum.hex())
                            .and("octets", sum.octets())));
  }

  private Mono<Checksum> sum(FileOperations tree, RemotePath path) {
    if (read || !tree.capabilities().contains(Capability.CHECKSUM)) {
      return reading(tree, path);
    }
    return tree.checksum(path, algorithm, ByteRange.all())
        .onErrorResume(
            FileFailure.class,
            refused ->
                refused.error() == FileError.UNSUPPORTED
                    ? reading(tree, path)
                    : Mono.error(refused));
  }

  private Mono<Checksum> reading(FileOperations tree, RemotePath path) {
    return Mono.defer(
        () -> {
          RunningChecksum sum = RunningChecksum.of(algorithm);
          return tree.read(path, ByteRange.all())
              .doOnNext(
                  buffer -> {
                    sum.update(buffer);
                    buffer.release();
                  })
              .then(Mono.fromCallable(sum::finish));
        });
  }

  static String name(ChecksumAlgorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** Reads the name of an algorithm, with or without its hyphen. */
  static final class Algorithm implements ITypeConverter<ChecksumAlgorithm> {
    @Override
    public ChecksumAlgorithm convert(String text) {
      for (ChecksumAlgorithm each : ChecksumAlgorithm.values()) {
        if (name(each).equalsIgnoreCase(text.replace("-", ""))) {
          return each;
        }
      }
      throw new TypeConversionException(
          "'" + text + "' is no algorithm; choose crc32, md5, sha1, sha256 or sha512");
    }
  }
}
