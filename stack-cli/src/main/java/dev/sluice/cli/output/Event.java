package dev.sluice.cli.output;

import java.util.List;
import java.util.Locale;

/** The events of {@code --json}, and what each may say. The page of the command line lists them. */
public enum Event {
  ENTRY(
      "place",
      "name",
      "kind",
      "size",
      "modified",
      "accessed",
      "created",
      "mode",
      "owner",
      "group",
      "link",
      "depth"),
  USAGE("place", "octets", "files", "directories"),
  SPACE("place", "total", "free"),
  CHECKSUM("place", "algorithm", "hex", "octets"),
  FILE("place", "outcome", "reason", "octets", "remark"),
  MADE("place"),
  MOVED("place", "to"),
  REMOVED("place", "entries"),
  LEFTOVER("place", "removed"),
  SUMMARY("copied", "unchanged", "skipped", "reasons", "deleted", "failed", "octets", "seconds"),
  WATCH("state", "detail"),
  KEY("file", "type", "fingerprint", "line"),
  USER("name", "state", "place", "group", "home", "keys", "disabled", "expires", "lost"),
  STEP("step", "verdict", "detail", "advice"),
  ERROR("status", "message");

  private final String fields;

  Event(String... fields) {
    this.fields = String.join(" ", fields);
  }

  /** The value of the field {@code event}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public List<String> fields() {
    return List.of(fields.split(" "));
  }
}
