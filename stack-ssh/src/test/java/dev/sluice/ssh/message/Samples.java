package dev.sluice.ssh.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** At least one message of every kind, with what reads it. */
final class Samples {
  static final Map<SshMessage, Function<ByteBuf, SshMessage>> ALL = new LinkedHashMap<>();

  private static final byte[] BYTES = {0, 1, -1, ','};

  static {
    transport();
    login();
    channels();
  }

  private Samples() {}

  private static void transport() {
    put(new TransportMessage.Disconnect(11, "bye"), TransportMessage.Disconnect::decode);
    put(new TransportMessage.Ignore(BYTES), TransportMessage.Ignore::decode);
    put(new TransportMessage.Unimplemented(-1), TransportMessage.Unimplemented::decode);
    put(new TransportMessage.Debug(true, "text"), TransportMessage.Debug::decode);
    put(
        new TransportMessage.ServiceRequest("ssh-userauth"),
        TransportMessage.ServiceRequest::decode);
    put(new TransportMessage.ServiceAccept("ssh-userauth"), TransportMessage.ServiceAccept::decode);
    put(
        new TransportMessage.ExtInfo(List.of(new TransportMessage.ExtInfo.Extension("a", BYTES))),
        TransportMessage.ExtInfo::decode);
    put(new TransportMessage.NewKeys(), TransportMessage.NewKeys::decode);
    put(new TransportMessage.Ping(BYTES), TransportMessage.Ping::decode);
    put(new TransportMessage.Pong(BYTES), TransportMessage.Pong::decode);
    KexInit.Direction lane =
        new KexInit.Direction(List.of("aes128-ctr"), List.of("hmac-sha2-256"), List.of("none"));
    put(
        new KexInit(new byte[16], List.of("k1", "k2"), List.of("h"), lane, lane, true),
        KexInit::decode);
  }

  private static void login() {
    for (AuthMethod method :
        List.of(
            new AuthMethod.None(),
            new AuthMethod.Password("secret", null),
            new AuthMethod.Password("secret", "new"),
            new AuthMethod.PublicKey("ssh-ed25519", BYTES, null, null),
            new AuthMethod.PublicKey("ssh-ed25519", BYTES, null, BYTES),
            new AuthMethod.PublicKey("ssh-ed25519", BYTES, BYTES, BYTES),
            new AuthMethod.KeyboardInteractive("pam"),
            new AuthMethod.Unknown("gssapi-with-mic", BYTES))) {
      put(new UserAuthRequest("ann", "ssh-connection", method), UserAuthRequest::decode);
    }
    put(
        new AuthMessage.Failure(List.of("publickey", "password"), true),
        AuthMessage.Failure::decode);
    put(new AuthMessage.Success(), AuthMessage.Success::decode);
    put(new AuthMessage.Banner("hello\r\n"), AuthMessage.Banner::decode);
    put(new AuthMessage.PkOk("ssh-ed25519", BYTES), AuthMessage.PkOk::decode);
    put(
        new AuthMessage.PasswordChangeRequest("expired"),
        AuthMessage.PasswordChangeRequest::decode);
    put(
        new AuthMessage.InfoRequest(
            "n", "i", List.of(new AuthMessage.InfoRequest.Prompt("Password: ", false))),
        AuthMessage.InfoRequest::decode);
    put(new AuthMessage.InfoResponse(List.of("a", "")), AuthMessage.InfoResponse::decode);
  }

  private static void channels() {
    put(
        new ConnectionMessage.GlobalRequest("x", true, BYTES),
        ConnectionMessage.GlobalRequest::decode);
    put(new ConnectionMessage.RequestSuccess(BYTES), ConnectionMessage.RequestSuccess::decode);
    put(new ConnectionMessage.RequestFailure(), ConnectionMessage.RequestFailure::decode);
    put(
        new ChannelMessage.Open("session", -1, 0xFFFF_FFFFL, 0xFFFF_FFFFL, BYTES),
        ChannelMessage.Open::decode);
    put(new ChannelMessage.OpenConfirmation(1, 2, 3, 4), ChannelMessage.OpenConfirmation::decode);
    put(new ChannelMessage.OpenFailure(1, 3, "no"), ChannelMessage.OpenFailure::decode);
    put(new ChannelMessage.WindowAdjust(1, 0xFFFF_FFFFL), ChannelMessage.WindowAdjust::decode);
    put(new ChannelMessage.Data(1, Unpooled.wrappedBuffer(BYTES)), ChannelMessage.Data::decode);
    put(
        new ChannelMessage.ExtendedData(1, 1, Unpooled.wrappedBuffer(BYTES)),
        ChannelMessage.ExtendedData::decode);
    put(new ChannelMessage.Eof(1), ChannelMessage.Eof::decode);
    put(new ChannelMessage.Close(1), ChannelMessage.Close::decode);
    put(new ChannelMessage.Success(1), ChannelMessage.Success::decode);
    put(new ChannelMessage.Failure(1), ChannelMessage.Failure::decode);
    for (RequestType what :
        List.of(
            new RequestType.Shell(),
            new RequestType.Exec("ls"),
            new RequestType.Subsystem("sftp"),
            new RequestType.Env("LANG", "C"),
            new RequestType.Signal("TERM"),
            new RequestType.ExitStatus(-1),
            new RequestType.ExitSignal("KILL", true, "killed"),
            new RequestType.Other("pty-req", BYTES))) {
      put(new ChannelRequest(1, true, what), ChannelRequest::decode);
    }
  }

  private static <M extends SshMessage> void put(M message, Function<ByteBuf, M> decoder) {
    ALL.put(message, decoder::apply);
  }
}
