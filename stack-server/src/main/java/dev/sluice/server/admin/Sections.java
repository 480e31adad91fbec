package dev.sluice.server.admin;

import dev.sluice.api.observe.TransferRef.Direction;
import dev.sluice.server.admin.TrafficHistory.Second;
import dev.sluice.server.config.UserConfig;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.transport.observe.LiveSessions.LiveSession;
import dev.sluice.transport.observe.LiveSessions.LiveTransfer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the page shows of the server, piece by piece. A piece is HTML and stands alone. */
final class Sections {
  /** Rows of a table. An operator who has more looks with the API. */
  private static final int MOST_ROWS = 500;

  private static final int SOON_DAYS = 21;

  private final Daemon daemon;
  private final TrafficHistory traffic;
  private final RecentTrouble trouble;
  private final Clock clock;

  Sections(Daemon daemon, TrafficHistory traffic, RecentTrouble trouble, Clock clock) {
    this.daemon = daemon;
    this.traffic = traffic;
    this.trouble = trouble;
    this.clock = clock;
  }

  /**
   * All pieces by the identifiers of their places, in the order of the page.
   *
   * @param secret stands in forms
   */
  Map<String, String> all(String secret) {
    List<LiveSession> live = daemon.live().sessions();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("totals", totals(live));
    all.put("traffic", TrafficPlot.of(traffic.seconds()));
    all.put("transfers", transfers(live));
    all.put("sessions", sessions(live, secret));
    all.put("users", users(live));
    all.put("certificates", certificates());
    all.put("trouble", troubles());
    return all;
  }

  private String totals(List<LiveSession> live) {
    List<Second> seconds = traffic.seconds();
    Second now = seconds.isEmpty() ? new Second(0, 0) : seconds.get(seconds.size() - 1);
    long transfers = live.stream().mapToLong(session -> session.transfers().size()).sum();
    return "<dl>"
        + total("State", daemon.isDraining() ? "draining" : "serving")
        + total("Sessions", live.size())
        + total("Transfers", transfers)
        + total("Up", Units.octets(now.received()) + "/s")
        + total("Down", Units.octets(now.sent()) + "/s")
        + total("Listeners", String.join(" ", daemon.urls()))
        + "</dl>";
  }

  private static String total(String name, Object value) {
    return "<div><dt>" + Html.text(name) + "</dt><dd>" + Html.text(value) + "</dd></div>";
  }

  private String transfers(List<LiveSession> live) {
    List<List<String>> rows = new ArrayList<>();
    for (LiveSession session : live) {
      for (LiveTransfer transfer : session.transfers()) {
        rows.add(
            List.of(
                Html.text(transfer.transfer().file()),
                transfer.transfer().direction() == Direction.RECEIVED ? "up" : "down",
                Html.text(user(session)),
                Html.text(Units.octets(transfer.octets())),
                Html.text(rate(transfer)),
                age(transfer.since())));
      }
    }
    return table(
        "Transfers",
        List.of("File", "Direction", "User", "Moved", "Mean rate", "Time"),
        rows,
        "Nothing is being transferred.");
  }

  private String rate(LiveTransfer transfer) {
    long millis = Math.max(1, Duration.between(transfer.since(), clock.instant()).toMillis());
    return Units.octets((long) (transfer.octets() * 1000.0 / millis)) + "/s";
  }

  private String sessions(List<LiveSession> live, String secret) {
    Function<LiveSession, List<String>> row =
        session -> {
          long id = session.session().id();
          String who = user(session) + " from " + session.session().peer().getHostString();
          return List.of(
              String.valueOf(id),
              Html.text(user(session)),
              Html.text(session.session().protocol()),
              Html.text(session.session().peer().getHostString()),
              age(session.since()),
              Html.button("/do/end/" + id, secret, "end-" + id, "End", "End session of " + who));
        };
    return table(
        "Sessions",
        List.of("Number", "User", "Protocol", "Address", "Open for", "Action"),
        live.stream().limit(MOST_ROWS + 1L).map(row).toList(),
        "Nobody is connected.");
  }

  private static String user(LiveSession session) {
    String user = session.session().user();
    return user == null ? "-" : user;
  }

  private String users(List<LiveSession> live) {
    Function<UserConfig, List<String>> row =
        user ->
            List.of(
                Html.text(user.name()),
                Html.text(user.group() == null ? "-" : user.group()),
                Html.text(user.policy().home() == null ? "of the group" : user.policy().home()),
                user.disabled() ? "disabled" : expiry(user),
                String.valueOf(
                    live.stream()
                        .filter(session -> user.name().equals(session.session().user()))
                        .count()));
    return table(
        "Users",
        List.of("Name", "Group", "Home", "State", "Sessions"),
        daemon.config().users().stream().limit(MOST_ROWS + 1L).map(row).toList(),
        "The document has no users.");
  }

  private String expiry(UserConfig user) {
    return user.expires() == null ? "active" : "until " + Html.text(user.expires());
  }

  private String certificates() {
    Instant now = clock.instant();
    return table(
        "Certificates",
        List.of("Listener", "Subject", "Ends"),
        daemon.certificates().stream()
            .map(
                shown -> {
                  long days = ChronoUnit.DAYS.between(now, shown.ends());
                  String left = shown.hasEnded(now) ? "has ended" : "in " + days + " days";
                  String mark = days < SOON_DAYS ? "<strong>%s</strong>" : "%s";
                  return List.of(
                      Html.text(shown.listener()),
                      Html.text(shown.subject()),
                      mark.formatted(Html.text(left)));
                })
            .toList(),
        "No listener has a certificate.");
  }

  private String troubles() {
    return table(
        "Recent trouble",
        List.of("Time", "User", "Protocol", "Address", "What"),
        trouble.last().stream()
            .map(
                each ->
                    List.of(
                        Html.text(each.at().truncatedTo(ChronoUnit.SECONDS)),
                        Html.text(each.user() == null ? "-" : each.user()),
                        Html.text(each.protocol()),
                        Html.text(each.address()),
                        Html.text(each.what())))
            .toList(),
        "Nothing has failed since the start.");
  }

  private String age(Instant since) {
    return Html.text(Units.time(Duration.between(since, clock.instant())));
  }

  /** Rows beyond the most are left out, and the page says so. */
  private static String table(
      String caption, List<String> heads, List<List<String>> rows, String none) {
    if (rows.size() <= MOST_ROWS) {
      return Html.table(caption, heads, rows, none);
    }
    return Html.table(caption, heads, rows.subList(0, MOST_ROWS), none)
        + "<p>Only the first %d are shown.</p>".formatted(MOST_ROWS);
  }
}
