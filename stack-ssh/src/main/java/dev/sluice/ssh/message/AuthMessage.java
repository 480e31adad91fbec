package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.NameList;
import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The messages of user authentication, except its request (RFC 4252, 4256). Number 60 means
 * something else for each method.
 */
public sealed interface AuthMessage extends SshMessage
    permits UserAuthRequest,
        AuthMessage.Failure,
        AuthMessage.Success,
        AuthMessage.Banner,
        AuthMessage.PkOk,
        AuthMessage.PasswordChangeRequest,
        AuthMessage.InfoRequest,
        AuthMessage.InfoResponse {
  /** The number that {@link PkOk}, {@link PasswordChangeRequest} and {@link InfoRequest} share. */
  int METHOD_REPLY = 60;

  /**
   * The request did not suffice (RFC 4252 section 5.1).
   *
   * @param methods that may continue the login
   * @param partialSuccess whether the request itself succeeded
   */
  record Failure(List<String> methods, boolean partialSuccess) implements AuthMessage {
    public static final int NUMBER = 51;

    public Failure {
      methods = List.copyOf(methods);
    }

    public static Failure decode(ByteBuf in) {
      return Layout.whole(in, new Failure(NameList.read(in), SshBoolean.read(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      NameList.write(out, methods);
      out.writeBoolean(partialSuccess);
    }
  }

  /** The user is logged in (RFC 4252 section 5.1). */
  record Success() implements AuthMessage {
    public static final int NUMBER = 52;

    public static Success decode(ByteBuf in) {
      return Layout.whole(in, new Success());
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
    }
  }

  /**
   * Something for the user to read before the login (RFC 4252 section 5.4).
   *
   * @param text as received
   */
  record Banner(String text) implements AuthMessage {
    public static final int NUMBER = 53;

    public static Banner decode(ByteBuf in) {
      Banner message = new Banner(SshString.readText(in));
      SshString.readText(in);
      return Layout.whole(in, message);
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, text);
      SshString.write(out, "");
    }
  }

  /** A signature with this key would be checked (RFC 4252 section 7). */
  record PkOk(String algorithm, byte[] key) implements AuthMessage {
    public static PkOk decode(ByteBuf in) {
      return Layout.whole(in, new PkOk(SshString.readName(in), SshString.read(in)));
    }

    @Override
    public int number() {
      return METHOD_REPLY;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(METHOD_REPLY);
      SshString.write(out, algorithm);
      SshString.write(out, key);
    }
  }

  /** The password has expired and a new one is wanted (RFC 4252 section 8). */
  record PasswordChangeRequest(String prompt) implements AuthMessage {
    public static PasswordChangeRequest decode(ByteBuf in) {
      PasswordChangeRequest message = new PasswordChangeRequest(SshString.readText(in));
      SshString.readText(in);
      return Layout.whole(in, message);
    }

    @Override
    public int number() {
      return METHOD_REPLY;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(METHOD_REPLY);
      SshString.write(out, prompt);
      SshString.write(out, "");
    }
  }

  /** Questions to the user (RFC 4256 section 3.2). */
  record InfoRequest(String name, String instruction, List<Prompt> prompts) implements AuthMessage {
    /** Questions that one message may hold. */
    public static final int MAX_PROMPTS = 100;

    public InfoRequest {
      prompts = List.copyOf(prompts);
    }

    /**
     * A question.
     *
     * @param echo whether the answer may be seen while it is typed
     */
    public record Prompt(String text, boolean echo) {}

    public static InfoRequest decode(ByteBuf in) {
      String name = SshString.readText(in);
      String instruction = SshString.readText(in);
      SshString.readText(in);
      int count = Layout.count(in, MAX_PROMPTS, "prompts in INFO_REQUEST");
      List<Prompt> prompts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        prompts.add(new Prompt(SshString.readText(in), SshBoolean.read(in)));
      }
      return Layout.whole(in, new InfoRequest(name, instruction, prompts));
    }

    @Override
    public int number() {
      return METHOD_REPLY;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(METHOD_REPLY);
      SshString.write(out, name);
      SshString.write(out, instruction);
      SshString.write(out, "");
      out.writeInt(prompts.size());
      for (Prompt prompt : prompts) {
        SshString.write(out, prompt.text());
        out.writeBoolean(prompt.echo());
      }
    }
  }

  /** The answers, one for each prompt (RFC 4256 section 3.4). Secret. */
  record InfoResponse(List<String> answers) implements AuthMessage {
    public static final int NUMBER = 61;

    public InfoResponse {
      answers = List.copyOf(answers);
    }

    public static InfoResponse decode(ByteBuf in) {
      int count = Layout.count(in, InfoRequest.MAX_PROMPTS, "answers in INFO_RESPONSE");
      String[] answers = new String[count];
      for (int i = 0; i < count; i++) {
        answers[i] = SshString.readUtf8(in, Layout.MAX_TEXT);
      }
      return Layout.whole(in, new InfoResponse(Arrays.asList(answers)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(answers.size());
      answers.forEach(answer -> SshString.write(out, answer));
    }

    @Override
    public String toString() {
      return "InfoResponse[" + answers.size() + " answers]";
    }
  }
}
