package dev.sluice.bench.suite.report;

import static dev.sluice.bench.suite.report.Parts.BIG;
import static dev.sluice.bench.suite.report.Parts.CPU;
import static dev.sluice.bench.suite.report.Parts.DAILY;
import static dev.sluice.bench.suite.report.Parts.DOWN;
import static dev.sluice.bench.suite.report.Parts.HEAP;
import static dev.sluice.bench.suite.report.Parts.IDLE;
import static dev.sluice.bench.suite.report.Parts.LOGINS;
import static dev.sluice.bench.suite.report.Parts.LONG;
import static dev.sluice.bench.suite.report.Parts.MANY;
import static dev.sluice.bench.suite.report.Parts.THREADS;
import static dev.sluice.bench.suite.report.Parts.UP;
import static dev.sluice.bench.suite.worker.Protocol.FTP;
import static dev.sluice.bench.suite.worker.Protocol.FTPS;
import static dev.sluice.bench.suite.worker.Protocol.SFTP;

import dev.sluice.bench.suite.report.Goal.Sense;
import dev.sluice.bench.suite.worker.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

/** The targets, next to what was measured in the same run. */
final class Goals {
  private static final String OURS = "Sluice";
  private static final OptionalDouble ABSOLUTE = OptionalDouble.of(1);
  private static final List<Duo> CURLS =
      List.of(new Duo("curl", "vsftpd"), new Duo("curl", "ProFTPD"), new Duo("curl", "Pure-FTPd"));
  private static final Duo APACHE = new Duo("commons-net", "Apache FtpServer");
  private static final Duo OPENSSH = new Duo("sftp", "sshd");
  private static final Duo TUNED = new Duo("MINA tuned", "MINA tuned");
  private static final Duo BOTH = new Duo(OURS, OURS);

  private final Results results;
  private final List<Goal> goals = new ArrayList<>();

  /** A client and a server by name. */
  private record Duo(String client, String server) {}

  /** What is done, and how. */
  private record Race(String part, Protocol protocol, String what) {}

  private Goals(Results results) {
    this.results = results;
  }

  static List<Goal> of(Results results) {
    Goals goals = new Goals(results);
    for (String direction : List.of(DOWN, UP)) {
      goals.ftp(direction);
      goals.ftps(direction);
      goals.sftp(direction);
    }
    goals.longWays();
    goals.manyFiles();
    goals.logins();
    goals.idle();
    goals.processors();
    goals.daily();
    return List.copyOf(goals.goals);
  }

  private void ftp(String what) {
    faster(
        new Race(BIG, FTP, what),
        1.0,
        "× the best of curl ↔ {vsftpd, ProFTPD, Pure-FTPd}",
        BOTH,
        CURLS);
    Duo replaced = new Duo("curl", "vsftpd");
    faster(
        new Race(BIG, FTP, what),
        1.0,
        "× curl ↔ vsftpd",
        new Duo(OURS, "vsftpd"),
        List.of(replaced));
    faster(
        new Race(BIG, FTP, what), 1.0, "× curl ↔ vsftpd", new Duo("curl", OURS), List.of(replaced));
  }

  private void ftps(String what) {
    String target =
        "× the best of curl ↔ {vsftpd, ProFTPD, Pure-FTPd} and commons-net ↔ Apache FtpServer";
    List<Duo> peers = new ArrayList<>(CURLS);
    peers.add(APACHE);
    faster(new Race(BIG, FTPS, what), 1.5, target, BOTH, peers);
  }

  private void sftp(String what) {
    faster(new Race(BIG, SFTP, what), 2, "× sftp ↔ sshd", BOTH, List.of(OPENSSH));
    faster(new Race(BIG, SFTP, what), 2, "× MINA tuned ↔ MINA tuned", BOTH, List.of(TUNED));
    faster(new Race(BIG, SFTP, what), 4, "× MINA ↔ MINA", BOTH, List.of(new Duo("MINA", "MINA")));
    List<Duo> clients = List.of(OPENSSH, new Duo("JSch", "sshd"), new Duo("sshj", "sshd"));
    String best = "× the best of {sftp, JSch, sshj} ↔ sshd";
    faster(new Race(BIG, SFTP, what), 1, best, new Duo(OURS, "sshd"), clients);
    faster(new Race(BIG, SFTP, what), 1, "× sftp ↔ sshd", new Duo("sftp", OURS), List.of(OPENSSH));
  }

  private void longWays() {
    for (int millis : List.of(50, 100, 150)) {
      for (String direction : List.of(DOWN, UP)) {
        String what = Parts.over(direction, millis);
        OptionalDouble mine = median(LONG, SFTP, what, BOTH);
        OptionalDouble plain = median(LONG, FTP, what, new Duo("curl", "vsftpd"));
        goals.add(
            new Goal(
                path(SFTP, what + ", 1 Gbit/s", BOTH),
                "× FTP, curl ↔ vsftpd",
                Sense.AT_LEAST,
                0.95,
                mine,
                plain,
                "MB/s"));
      }
    }
  }

  private void manyFiles() {
    List<Duo> lftp = List.of(new Duo("lftp", "vsftpd"));
    for (String direction : List.of(DOWN, UP)) {
      faster(new Race(MANY, FTP, direction), 2, "× lftp ↔ vsftpd", BOTH, lftp);
      faster(new Race(MANY, FTPS, direction), 5, "× lftp ↔ vsftpd", BOTH, lftp);
      faster(new Race(MANY, SFTP, direction), 3, "× sftp ↔ sshd", BOTH, List.of(OPENSSH));
    }
  }

  private void logins() {
    faster(
        new Race(LOGINS, FTP, LOGINS),
        1,
        "× commons-net ↔ Apache FtpServer",
        BOTH,
        List.of(APACHE));
    faster(
        new Race(LOGINS, SFTP, LOGINS), 1, "× MINA ↔ MINA", BOTH, List.of(new Duo("MINA", "MINA")));
  }

  private void idle() {
    Map<Protocol, Integer> most = Map.of(FTP, 8, FTPS, 48, SFTP, 32);
    for (Protocol protocol : Protocol.values()) {
      limit(protocol, HEAP, "KiB of heap", most.getOrDefault(protocol, 0), "KiB");
      int threads = 2 * Runtime.getRuntime().availableProcessors();
      limit(protocol, THREADS, "threads that the server started", threads, "threads");
    }
  }

  /** Whole processes, against the one that people start for the same. */
  private void daily() {
    Duo curl = new Duo("curl", "vsftpd");
    Duo curlTls = new Duo("curl", "ProFTPD");
    Duo lftp = new Duo("lftp -P4", "vsftpd");
    Duo rclone = new Duo("rclone --transfers 32", "sshd");
    for (String direction : List.of(DOWN, UP)) {
      daily(FTP, direction, 0.9, curl);
      daily(FTPS, direction, 0.9, curlTls);
      daily(SFTP, direction, 0.9, OPENSSH);
      String many = Parts.many(direction);
      daily(FTP, many, 1, lftp);
      daily(SFTP, many, 1, OPENSSH);
      daily(SFTP, Parts.over(many, 50), 3, rclone);
    }
  }

  private void daily(Protocol protocol, String what, double factor, Duo peer) {
    String target = "× " + peer.client() + " ↔ " + peer.server();
    Duo mine = new Duo("sluice", peer.server());
    faster(new Race(DAILY, protocol, what), factor, target, mine, List.of(peer));
  }

  private void limit(Protocol protocol, String what, String target, double most, String unit) {
    OptionalDouble mine = median(IDLE, protocol, what, BOTH);
    String path = path(protocol, "idle session", BOTH);
    goals.add(new Goal(path, target, Sense.AT_MOST, most, mine, ABSOLUTE, unit));
  }

  /** Every pair in which nothing is ours is a peer. */
  private void processors() {
    for (Protocol protocol : Protocol.values()) {
      for (String direction : List.of(DOWN, UP)) {
        String what = direction + CPU;
        OptionalDouble least =
            results
                .of(BIG, protocol)
                .filter(figure -> figure.what().equals(what))
                .filter(figure -> !figure.client().equals(OURS) && !figure.server().equals(OURS))
                .mapToDouble(Figure::median)
                .min();
        goals.add(
            new Goal(
                path(protocol, what, BOTH),
                "× the least of a pair of peers",
                Sense.AT_MOST,
                1,
                median(BIG, protocol, what, BOTH),
                least,
                "CPU s/GiB"));
      }
    }
  }

  private void faster(Race race, double factor, String target, Duo mine, List<Duo> peers) {
    OptionalDouble best =
        peers.stream()
            .map(peer -> median(race.part(), race.protocol(), race.what(), peer))
            .reduce(OptionalDouble.empty(), (one, other) -> either(one, other, Math::max));
    String unit = results.of(race.part(), race.protocol()).map(Figure::unit).findFirst().orElse("");
    boolean told = race.part().equals(BIG) || race.part().equals(race.what());
    String what = told ? race.what() : race.part() + " " + race.what();
    String path = path(race.protocol(), what, mine);
    goals.add(
        new Goal(
            path,
            target,
            Sense.AT_LEAST,
            factor,
            median(race.part(), race.protocol(), race.what(), mine),
            best,
            unit));
  }

  private OptionalDouble median(String part, Protocol protocol, String what, Duo duo) {
    return results
        .find(part, protocol, duo.client(), duo.server(), what)
        .map(figure -> OptionalDouble.of(figure.median()))
        .orElse(OptionalDouble.empty());
  }

  private static OptionalDouble either(
      OptionalDouble one, OptionalDouble other, DoubleBinaryOperator choice) {
    double[] present =
        Arrays.asList(one, other).stream().flatMapToDouble(OptionalDouble::stream).toArray();
    return Arrays.stream(present).reduce(choice);
  }

  private static String path(Protocol protocol, String what, Duo duo) {
    return protocol.label() + " " + what + ", " + duo.client() + " ↔ " + duo.server();
  }
}
