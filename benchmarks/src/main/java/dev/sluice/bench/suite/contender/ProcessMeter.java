package dev.sluice.bench.suite.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a process and its descendants have used, as the kernel counts it: /proc/PID/stat, status and
 * smaps_rollup.
 */
public final class ProcessMeter {
  /** USER_HZ, in which Linux reports times to programs, whatever its own clock does. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int FIRST_FIELD_BEHIND_NAME = 3;
  private static final int UTIME = 14;
  private static final int STIME = 15;
  private static final int CUTIME = 16;
  private static final int CSTIME = 17;

  private ProcessMeter() {}

  /** CPU seconds of a process, of all that run below it and of all that ended below it. */
  public static double cpuSeconds(long pid) {
    return sum(pid, each -> ticks(each, UTIME, STIME, CUTIME, CSTIME)) / TICKS_PER_SECOND;
  }

  /** CPU seconds of the processes that this JVM has started and seen end. */
  public static double endedCpuSeconds() {
    return ticks(ProcessHandle.current().pid(), CUTIME, CSTIME) / TICKS_PER_SECOND;
  }

  /** Memory in KiB, of which what is shared counts in parts. */
  public static long proportionalKibibytes(long pid) {
    return sum(pid, each -> number(each, "smaps_rollup", "Pss:"));
  }

  /** Threads of a process and of all that run below it. */
  public static long threads(long pid) {
    return sum(pid, each -> number(each, "status", "Threads:"));
  }

  private static long sum(long pid, ToLongFunction<Long> of) {
    Stream<Long> below =
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid);
    return Stream.concat(Stream.of(pid), below).toList().stream().mapToLong(of).sum();
  }

  private static long ticks(long pid, int... fields) {
    for (String line : lines(pid, "stat")) {
      // The name in brackets may hold blanks.
      String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      long sum = 0;
      for (int field : fields) {
        sum += Long.parseLong(words[field - FIRST_FIELD_BEHIND_NAME]);
      }
      return sum;
    }
    return 0;
  }

  private static long number(long pid, String file, String name) {
    for (String line : lines(pid, file)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    return 0;
  }

  /** The lines; none if the process has just ended. */
  private static List<String> lines(long pid, String file) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException ended) {
      return List.of();
    }
  }
}
