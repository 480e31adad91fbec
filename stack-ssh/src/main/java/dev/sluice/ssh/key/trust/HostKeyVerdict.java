package dev.sluice.ssh.key.trust;

/** What known_hosts says about the key that a server showed. */
public enum HostKeyVerdict {
  /** It is on record for this host, or an authority on record for this host signed it. */
  MATCH,
  /** Nothing is on record for this host. */
  UNKNOWN,
  /** As {@link #UNKNOWN}; yet the key is on record for the same host without its port. */
  UNKNOWN_PORT,
  /** Other keys are on record for this host, and not this one. */
  CHANGED,
  /** The key, or the authority that signed it, must not be used any more. */
  REVOKED
}
