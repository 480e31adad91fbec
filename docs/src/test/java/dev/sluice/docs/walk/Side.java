package dev.sluice.docs.walk;

/** Who sent something. */
enum Side {
  CLIENT("client → server"),
  SERVER("server → client");

  private final String arrow;

  Side(String arrow) {
    this.arrow = arrow;
  }

  /** For people. */
  String arrow() {
    return arrow;
  }
}
