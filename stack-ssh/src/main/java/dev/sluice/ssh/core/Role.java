package dev.sluice.ssh.core;

/** Which side of a connection a core is. */
public enum Role {
  CLIENT,
  SERVER;

  public boolean isClient() {
    return this == CLIENT;
  }
}
