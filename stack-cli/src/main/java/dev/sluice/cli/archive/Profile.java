package dev.sluice.cli.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What commands ask of the virtual machine. */
enum Profile {
  /**
   * Ends soon and moves little, as all do that are named nowhere else: nothing is worth being
   * compiled well.
   */
  COMMAND("command") {
    @Override
    List<String> options(Path directory) {
      return with(SHORT, "-XX:TieredStopAtLevel=1", "-Xms16m");
    }
  },
  /**
   * Ends soon and may move much. Ciphers run as machine instructions once the second compiler has
   * seen them, so they go there at once; everything else is left to the first compiler, since the
   * second takes longer than it saves.
   */
  TRANSFER("cat cp get head mv put sum sync verify") {
    @Override
    List<String> options(Path directory) {
      return with(
          SHORT,
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-DisplayVMOutput", // it announces the directives on standard output
          "-XX:CompilerDirectivesFile=" + directory.resolve(DIRECTIVES),
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.001");
    }
  },
  /** Stays: the defaults are right. */
  SERVICE("demo serve shell watch") {
    @Override
    List<String> options(Path directory) {
      return List.of();
    }
  };

  /** The name of the directives for the compilers. */
  static final String DIRECTIVES = "compiler.json";

  /**
   * Netty's events of the flight recorder and its way to free memory without Unsafe take a while to
   * set up.
   */
  static final List<String> SHORT =
      List.of("-XX:+UseSerialGC", "-Dio.netty.jfr.enabled=false", "-Dio.netty.noUnsafe=false");

  private final String commands;

  Profile(String commands) {
    this.commands = commands;
  }

  /** The options besides the archive. */
  abstract List<String> options(Path directory);

  /** The commands that run so; those without a profile of their own run as "command". */
  List<String> commands() {
    return List.of(commands.split(" "));
  }

  private static List<String> with(List<String> common, String... more) {
    List<String> all = new ArrayList<>(common);
    all.addAll(List.of(more));
    return all;
  }
}
