package dev.sluice.ssh.kex;

import java.util.List;

/** The key exchange methods there are. */
public final class KexAlgorithms {
  /** What a client offers unless told otherwise, the preferred first. */
  public static final List<KexAlgorithm> CLIENT = List.of();

  /** What a server offers: the same without finite fields, whose cost a client can abuse. */
  public static final List<KexAlgorithm> SERVER = List.of();

  /** What old peers need; never offered unless asked for. */
  public static final List<KexAlgorithm> LEGACY = List.of();

  private KexAlgorithms() {}
}
