package dev.sluice.ssh.core;

import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.ssh.channel.ChannelEvent;
import dev.sluice.ssh.key.SshPublicKey;
import java.util.List;

/** What happened on a connection. */
public sealed interface SshEvent {

  /** The peer has identified itself. */
  record Identified(String line) implements SshEvent {}

  /** A line that the server sent before it identified itself, escaped. */
  record Greeted(String line) implements SshEvent {}

  /** Something is to be computed elsewhere; {@link SshCore#finished} takes the result. */
  record WorkDue(Work work) implements SshEvent {}

  /**
   * The host has proved that it holds this key; {@link SshCore#trustHost} or {@code distrustHost}
   * takes the decision.
   */
  record HostKeyShown(SshPublicKey key) implements SshEvent {}

  /** Keys have been exchanged, for the first time or again. */
  record KeysExchanged(Agreement agreement, boolean first) implements SshEvent {}

  /** Something about the login. */
  record Login(LoginEvent what) implements SshEvent {}

  /** The server has proved that it holds these keys too, which the client did not know. */
  record HostKeysProved(List<SshPublicKey> keys) implements SshEvent {}

  /** Channels may be opened: the login is over. */
  record Ready() implements SshEvent {}

  /** Something about a channel. */
  record OnChannel(ChannelEvent what) implements SshEvent {}
}
