package dev.sluice.ssh.core;

import dev.sluice.ssh.Keepalive;
import dev.sluice.ssh.RekeyPolicy;
import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.SshLimits;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.ssh.auth.LoginPolicy;
import dev.sluice.ssh.channel.ChannelPolicy;
import dev.sluice.ssh.channel.WindowBudget;
import dev.sluice.ssh.kex.KexAlgorithms;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.packet.Identification;
import dev.sluice.ssh.wire.WireLog;
import dev.sluice.test.FixedRandom;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;

/** Cores as tests make them: fast algorithms, randomness and keys that are always the same. */
final class Cores {
  static final SshKeyPair HOST_KEY = SshKeyPair.of(Ed25519PrivateKey.generate(new FixedRandom(1)));
  static final String USER = "ann";
  static final String PASSWORD = "open-sesame";

  private Cores() {}

  static SshAlgorithms algorithms(Role role) {
    SshAlgorithms all = role.isClient() ? SshAlgorithms.forClient() : SshAlgorithms.forServer();
    return all.withKex(List.of(KexAlgorithms.CURVE25519));
  }

  static TransportSettings settings(Role role) {
    return settings(role, algorithms(role), RekeyPolicy.DEFAULT);
  }

  static TransportSettings settings(Role role, SshAlgorithms algorithms, RekeyPolicy rekey) {
    List<SshKeyPair> hostKeys = role.isClient() ? List.of() : List.of(HOST_KEY);
    SshAlgorithms offered =
        role.isClient()
            ? algorithms
            : algorithms.withHostKeys(
                algorithms.hostKeys().stream()
                    .filter(it -> it.fits(HOST_KEY.publicKey()))
                    .toList());
    return new TransportSettings(
        role,
        Identification.of("Test_" + role),
        offered,
        hostKeys,
        2048,
        false,
        rekey,
        TransportLimits.of(
            SshLimits.CLIENT,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(120)),
        keys -> List.of(),
        new FixedRandom(role.isClient() ? 10 : 11),
        WireLog.NOBODY);
  }

  static Services.Client client(ClientMethod... methods) {
    return client(WindowLimits.DEFAULT, methods);
  }

  static Services.Client client(WindowLimits windows, ClientMethod... methods) {
    return new Services.Client(
        USER,
        List.of(methods),
        ChannelPolicy.client(64, WindowBudget.of(1L << 30), ByteBufAllocator.DEFAULT),
        windows,
        Keepalive.NONE);
  }

  static Services.Server server() {
    return server(policy(), WindowLimits.DEFAULT);
  }

  static Services.Server server(LoginPolicy policy, WindowLimits windows) {
    return new Services.Server(
        policy,
        ChannelPolicy.server(10, WindowBudget.of(1L << 30), ByteBufAllocator.DEFAULT),
        windows,
        Keepalive.NONE);
  }

  static LoginPolicy policy() {
    return policy(
        List.of(List.of("publickey"), List.of("password"), List.of("keyboard-interactive")));
  }

  static LoginPolicy policy(List<List<String>> sequences) {
    return new LoginPolicy(
        sequences, SshAlgorithms.forServer().publicKeys(), 2048, "", 6, Duration.ofMillis(5));
  }

  static SshCore serverCore() {
    return new SshCore(settings(Role.SERVER), server(), ByteBufAllocator.DEFAULT);
  }

  static SshCore clientCore(ClientMethod... methods) {
    return new SshCore(settings(Role.CLIENT), client(methods), ByteBufAllocator.DEFAULT);
  }
}
