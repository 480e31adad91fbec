package dev.sluice.ftp.server;

import dev.sluice.api.Capability;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.RawName;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.reply.Refusal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import reactor.core.publisher.Mono;

/** SYST, HELP, NOOP, STAT, FEAT, CLNT, CSID and LANG: what the server says about itself. */
final class InformationCommands {
  private static final int MAX_CLIENT_NAME = 128;

  private InformationCommands() {}

  static Mono<FtpReply> system(Bare command, Session session) {
    return Mono.just(FtpReply.of(215, "UNIX Type: L8"));
  }

  static Mono<FtpReply> noop(Bare command, Session session) {
    return Mono.just(FtpReply.of(200, "OK"));
  }

  static Mono<FtpReply> help(Text command, Session session) {
    String about = command.text().trim().toUpperCase(Locale.ROOT);
    if (about.equals("SITE")) {
      return SiteCommands.help();
    }
    if (!about.isEmpty()) {
      boolean known = Verb.named(about).filter(offered(session)::contains).isPresent();
      return Mono.just(
          known
              ? FtpReply.of(214, about + " is offered")
              : FtpReply.of(502, "No such command is offered"));
    }
    List<String> lines = new ArrayList<>();
    lines.add("Commands offered:");
    StringJoiner row = new StringJoiner(" ", " ", "");
    for (Verb verb : offered(session)) {
      row.add(verb.name());
      if (row.length() > 60) {
        lines.add(row.toString());
        row = new StringJoiner(" ", " ", "");
      }
    }
    lines.add(row.toString());
    lines.add("End of help");
    return Mono.just(new FtpReply(214, lines));
  }

  private static Set<Verb> offered(Session session) {
    Set<Verb> offered = EnumSet.copyOf(CommandTable.STANDARD.offered());
    if (!session.security.isOffered()) {
      offered.removeAll(SecurityCommands.VERBS);
    }
    return offered;
  }

  static Mono<FtpReply> status(OnPath command, Session session) {
    return command.path().isEmpty()
        ? Mono.just(sessionStatus(session))
        : ListingCommands.status(command, session);
  }

  /** STAT without argument; also answered while a transfer runs. */
  static FtpReply sessionStatus(Session session) {
    TransferFormat format = session.chosen.format;
    List<String> lines = new ArrayList<>();
    lines.add("Status of this session");
    lines.add(" User: " + (session.identity == null ? "none" : session.identity.name()));
    lines.add(" TYPE: " + format.type().code() + ", STRU: F, MODE: " + format.mode().code());
    lines.add(" Protection: " + session.security.describe());
    lines.add(" Data connection: " + session.data.describe());
    lines.add("End of status");
    return new FtpReply(211, lines);
  }

  /** The verbs that are offered and would not be refused now. */
  private static Set<Verb> usable(Session session) {
    Set<Verb> offered = offered(session);
    if (!session.security.mayClear()) {
      offered.remove(Verb.CCC);
    }
    if (session.files == null || !session.files.capabilities().contains(Capability.SET_CREATED)) {
      offered.remove(Verb.MFCT);
    }
    return offered;
  }

  /** RFC 2389 section 3.2: nothing that would be refused now. In the order of the alphabet. */
  static Mono<FtpReply> features(Bare command, Session session) {
    Set<String> features = new TreeSet<>(List.of("MODE B", "MODE Z", "TVFS", "UTF8"));
    for (Verb verb : usable(session)) {
      switch (verb.inFeat()) {
        case NOTHING -> {}
        case NAME -> features.add(verb.name());
        case DETAILS -> features.add(details(verb, session));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("Extensions:");
    features.forEach(feature -> lines.add(" " + feature));
    lines.add("End");
    return Mono.just(new FtpReply(211, lines));
  }

  private static String details(Verb verb, Session session) {
    return switch (verb) {
      case AUTH -> "AUTH TLS";
      case HASH -> hashFeature(session.chosen.hash);
      case LANG -> "LANG EN*";
      case MFF -> "MFF Modify;UNIX.mode;";
      case MLST -> session.chosen.facts.feature();
      case REST -> "REST STREAM";
      default -> throw new IllegalStateException(verb + " has no details for FEAT");
    };
  }

  static Mono<FtpReply> clientName(Text command, Session session) {
    String name = RawName.escape(command.text());
    session.chosen.clientName = name.substring(0, Math.min(MAX_CLIENT_NAME, name.length()));
    return Mono.just(FtpReply.of(200, "Noted"));
  }

  static Mono<FtpReply> clientIdentity(Text command, Session session) {
    return clientName(command, session)
        .thenReturn(FtpReply.of(200, "Name=Sluice; CaseSensitive=1; DirSep=/;"));
  }

  static Mono<FtpReply> language(Text command, Session session) {
    String tag = command.text().trim().toUpperCase(Locale.ROOT);
    if (!tag.matches("([A-Z]{1,8}(-[A-Z0-9]{1,8})*)?\\*?")) {
      throw new Refusal(501, "Not a language tag");
    }
    if (!tag.isEmpty() && !tag.startsWith("EN")) {
      throw new Refusal(504, "Only EN is spoken here");
    }
    return Mono.just(FtpReply.of(200, "Speaking EN"));
  }

  private static String hashFeature(ChecksumAlgorithm selected) {
    StringJoiner names = new StringJoiner(";", "HASH ", "");
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      names.add(algorithm.registeredName() + (algorithm == selected ? "*" : ""));
    }
    return names.toString();
  }
}
