package dev.sluice.cli.ping;

import dev.sluice.api.TransferException;
import dev.sluice.ssh.SshAlgorithms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Examines a server up to the login. Blocks.
 *
 * @param scheme of the URL
 * @param host a name or an address
 * @param port of the URL
 * @param patience the longest wait for each step
 * @param findings hears each finding as it is made
 */
public record Doctor(
    String scheme, String host, int port, Duration patience, Consumer<Finding> findings) {
  private static final int DAYS_OF_WARNING = 30;

  /** Whether a login is worth trying. */
  public boolean examine() {
    InetSocketAddress reached = reached();
    if (reached == null || !greets(reached)) {
      return false;
    }
    return switch (scheme) {
      case "sftp" -> ssh(reached);
      case "ftp" -> {
        offered(reached);
        yield true;
      }
      default -> tls(reached);
    };
  }

  private @Nullable InetSocketAddress reached() {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      findings.accept(
          Finding.failed(
              "DNS",
              "no address is known for " + host,
              "check the spelling of the name, and the DNS of this machine"));
      return null;
    }
    List<String> names = new ArrayList<>();
    for (InetAddress each : addresses) {
      names.add(each.getHostAddress());
    }
    findings.accept(Finding.ok("DNS", host + " is " + String.join(", ", names)));
    InetSocketAddress first = null;
    for (InetAddress each : addresses) {
      InetSocketAddress address = new InetSocketAddress(each, port);
      if (connects(address) && first == null) {
        first = address;
      }
    }
    return first;
  }

  private boolean connects(InetSocketAddress address) {
    String where = address.getAddress().getHostAddress() + " port " + port;
    long begun = System.nanoTime();
    try (Socket socket = Greeting.connected(address, patience)) {
      long micros = (System.nanoTime() - begun) / 1000;
      String time = String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
      findings.accept(Finding.ok("TCP", where + " in " + time));
      assert socket.isConnected();
      return true;
    } catch (SocketTimeoutException e) {
      findings.accept(
          Finding.failed(
              "TCP",
              where + " does not answer",
              "a firewall drops the packets, or the machine is off"));
    } catch (IOException e) {
      findings.accept(
          Finding.failed(
              "TCP",
              where + ": " + e.getMessage(),
              "nothing listens there: check the port, and whether the server runs"));
    }
    return false;
  }

  private boolean greets(InetSocketAddress address) {
    Greeting greeting;
    try {
      greeting = Greeting.of(address, patience);
    } catch (IOException e) {
      greeting = new Greeting(Greeting.Kind.CLOSED, "");
    }
    String seen =
        greeting.kind().inWords()
            + " answers"
            + (greeting.words().isEmpty() ? "" : ": " + greeting.words());
    String advice = adviceOn(greeting);
    findings.accept(
        advice == null ? Finding.ok("greeting", seen) : Finding.failed("greeting", seen, advice));
    return advice == null;
  }

  /** What to do about an answer; null = it is the expected one. */
  private @Nullable String adviceOn(Greeting greeting) {
    String known = Crowd.advice(greeting.words());
    if (known != null) {
      return known;
    }
    Greeting.Kind expected =
        switch (scheme) {
          case "sftp" -> Greeting.Kind.SSH;
          case "ftps" -> Greeting.Kind.FTPS;
          default -> Greeting.Kind.FTP;
        };
    if (greeting.kind() == expected) {
      return null;
    }
    return switch (greeting.kind()) {
      case SSH -> "use sftp:// for this port";
      case FTP -> "use ftp:// or ftpes:// for this port";
      case FTPS -> "use ftps:// for this port";
      case HTTP, TLS, OTHER -> "check the port: files are served on another one";
      case CLOSED -> "this address may be banned, or the server takes no more connections";
      case SILENT ->
          "the server is slow or stuck, or waits for another protocol; --timeout waits longer";
    };
  }

  private boolean tls(InetSocketAddress address) {
    InetSocketAddress named = InetSocketAddress.createUnresolved(host, port);
    try {
      TlsLook look =
          scheme.equals("ftps")
              ? TlsLook.implicit(address, patience)
              : TlsLook.explicit(address, patience);
      findings.accept(Finding.ok("TLS", look.version() + " with " + look.suite()));
      return certificate(look, Instant.now());
    } catch (IOException e) {
      findings.accept(
          Finding.failed(
              "TLS",
              "no handshake with " + named + ": " + e.getMessage(),
              "the server offers no TLS here, or only old versions of it"));
      return false;
    }
  }

  /** Days are whole days: 0 on the last one. */
  private boolean certificate(TlsLook look, Instant now) {
    long days = Duration.between(now, look.expires()).toDays();
    String seen = look.subject() + ", valid until " + look.expires();
    findings.accept(Finding.ok("fingerprint", "SHA256 " + look.fingerprint()));
    if (look.expires().isBefore(now)) {
      findings.accept(
          Finding.failed("certificate", seen + ": expired", "the server needs a new certificate"));
      return false;
    }
    findings.accept(
        days < DAYS_OF_WARNING
            ? Finding.note(
                "certificate", seen + ": " + left(days), "the server soon needs a new one")
            : Finding.ok("certificate", seen + ": " + left(days)));
    return true;
  }

  private static String left(long days) {
    return days + (days == 1 ? " day left" : " days left");
  }

  private void offered(InetSocketAddress address) {
    try {
      TlsLook look = TlsLook.explicit(address, patience);
      findings.accept(
          Finding.note(
              "TLS",
              look.version() + " is offered and not used",
              "use ftpes://: without TLS the password can be read on the way"));
    } catch (IOException e) {
      findings.accept(
          Finding.note(
              "TLS",
              "not offered: " + e.getMessage(),
              "the password can be read on the way; use sftp:// if there is one"));
    }
  }

  private boolean ssh(InetSocketAddress address) {
    SshLook look;
    try {
      look = SshLook.of(address, patience);
    } catch (IOException e) {
      findings.accept(
          Finding.failed(
              "algorithms",
              "the server does not list them: " + e.getMessage(),
              "this address may be banned, or the server is full"));
      return false;
    }
    SshAlgorithms ours = SshAlgorithms.forClient();
    boolean kex = common("key exchange", names(ours.kex(), each -> each.name()), look.kex());
    boolean keys = common("host key", names(ours.hostKeys(), each -> each.name()), look.hostKeys());
    boolean ciphers =
        common(
            "cipher", names(ours.clientToServer().ciphers(), each -> each.name()), look.ciphers());
    return kex && keys && ciphers;
  }

  /**
   * What the server shows of itself before a login. After it, since a server may count connections
   * that do not log in.
   *
   * @param user who would log in
   */
  public void door(String user) {
    if (!scheme.equals("sftp")) {
      answer(user);
      return;
    }
    SshDoor door = new SshDoor(host, port, patience);
    List<String> keys = door.keys();
    if (!keys.isEmpty()) {
      findings.accept(Finding.ok("fingerprint", String.join(", ", keys)));
    }
    try {
      findings.accept(
          door.methods(user)
              .map(methods -> Finding.ok("methods", methods))
              .orElseGet(() -> welcome(user)));
    } catch (TransferException e) {
      findings.accept(
          Finding.note(
              "methods",
              "the server does not list them: " + e.getMessage(),
              "it may limit connections: try again later"));
    }
  }

  private static Finding welcome(String user) {
    return Finding.note(
        "methods",
        "the server lets " + user + " in without any proof",
        "give the account a password or a key, unless it is meant for everybody");
  }

  private void answer(String user) {
    try {
      String reply = FtpDoor.answer(scheme, new InetSocketAddress(host, port), user, patience);
      findings.accept(
          reply.startsWith("230") ? welcome(user) : Finding.ok("methods", methods(reply)));
    } catch (IOException e) {
      findings.accept(
          Finding.note(
              "methods",
              "no answer to USER: " + e.getMessage(),
              "the server may limit connections: try again later"));
    }
  }

  /** RFC 959 section 5.4, and RFC 4217 section 5 for the certificate of a user. */
  private static String methods(String reply) {
    String kind =
        switch (reply.substring(0, 3)) {
          case "331" -> "a password";
          case "332" -> "an account";
          case "336" -> "an answer to a challenge";
          case "232" -> "the certificate of the user";
          default -> "none yet";
        };
    return kind + " (USER was answered " + reply + ")";
  }

  private static <T> List<String> names(List<T> all, Function<T, String> name) {
    return all.stream().map(name).toList();
  }

  private boolean common(String what, List<String> ours, List<String> theirs) {
    List<String> both = ours.stream().filter(theirs::contains).toList();
    findings.accept(
        both.isEmpty()
            ? Finding.failed(
                what,
                "none in common; the server offers " + String.join(", ", theirs),
                "the server is old: update it, or see --legacy")
            : Finding.ok(what, String.join(", ", both)));
    return !both.isEmpty();
  }
}
