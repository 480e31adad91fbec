package dev.sluice.ftp.server;

import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Allo;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.Count;
import dev.sluice.ftp.command.Digest;
import dev.sluice.ftp.command.Eprt;
import dev.sluice.ftp.command.Epsv;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.command.Port;
import dev.sluice.ftp.command.Secret;
import dev.sluice.ftp.command.SetFacts;
import dev.sluice.ftp.command.SetTime;
import dev.sluice.ftp.command.Text;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.reply.Refusal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Maps each verb to the handler that carries it out. A verb without a line here is answered with
 * 502.
 */
final class CommandTable {
  static final CommandTable STANDARD =
      new CommandTable()
          .on(Verb.USER, Text.class, LoginCommands::user)
          .on(Verb.PASS, Secret.class, LoginCommands::pass)
          .on(Verb.ACCT, Secret.class, LoginCommands::account)
          .on(Verb.REIN, Bare.class, LoginCommands::reinitialize)
          .on(Verb.QUIT, Bare.class, LoginCommands::quit)
          .on(Verb.AUTH, Text.class, SecurityCommands::authenticate)
          .on(Verb.ADAT, Text.class, SecurityCommands::otherMechanisms)
          .on(Verb.MIC, Text.class, SecurityCommands::otherMechanisms)
          .on(Verb.CONF, Text.class, SecurityCommands::otherMechanisms)
          .on(Verb.ENC, Text.class, SecurityCommands::otherMechanisms)
          .on(Verb.PBSZ, Count.class, SecurityCommands::bufferSize)
          .on(Verb.PROT, Text.class, SecurityCommands::protect)
          .on(Verb.CCC, Bare.class, SecurityCommands::clear)
          .on(Verb.CWD, OnPath.class, DirectoryCommands::change)
          .on(Verb.CDUP, Bare.class, DirectoryCommands::up)
          .on(Verb.PWD, Bare.class, DirectoryCommands::print)
          .on(Verb.MKD, OnPath.class, DirectoryCommands::make)
          .on(Verb.RMD, OnPath.class, DirectoryCommands::remove)
          .on(Verb.TYPE, Text.class, ParameterCommands::type)
          .on(Verb.STRU, Text.class, ParameterCommands::structure)
          .on(Verb.MODE, Text.class, ParameterCommands::mode)
          .on(Verb.REST, Count.class, ParameterCommands::restart)
          .on(Verb.ALLO, Allo.class, ParameterCommands::allocate)
          .on(Verb.PORT, Port.class, DataPortCommands::port)
          .on(Verb.PASV, Bare.class, DataPortCommands::passive)
          .on(Verb.EPRT, Eprt.class, DataPortCommands::extendedPort)
          .on(Verb.EPSV, Epsv.class, DataPortCommands::extendedPassive)
          .on(Verb.ABOR, Bare.class, DataPortCommands::abort)
          .on(Verb.RETR, OnPath.class, RetrieveCommand::retrieve)
          .on(Verb.STOR, OnPath.class, StoreCommands::store)
          .on(Verb.APPE, OnPath.class, StoreCommands::append)
          .on(Verb.STOU, OnPath.class, StoreCommands::storeUnique)
          .on(Verb.LIST, OnPath.class, ListingCommands::list)
          .on(Verb.NLST, OnPath.class, ListingCommands::names)
          .on(Verb.MLSD, OnPath.class, ListingCommands::machineList)
          .on(Verb.MLST, OnPath.class, ListingCommands::machineEntry)
          .on(Verb.STAT, OnPath.class, InformationCommands::status)
          .on(Verb.DELE, OnPath.class, FileCommands::delete)
          .on(Verb.RNFR, OnPath.class, FileCommands::renameFrom)
          .on(Verb.RNTO, OnPath.class, FileCommands::renameTo)
          .on(Verb.SIZE, OnPath.class, FileCommands::size)
          .on(Verb.MDTM, OnPath.class, FileCommands::modified)
          .on(Verb.MFMT, SetTime.class, FileCommands::setTime)
          .on(Verb.MFCT, SetTime.class, FileCommands::setTime)
          .on(Verb.MFF, SetFacts.class, FileCommands::setFacts)
          .on(Verb.AVBL, OnPath.class, FileCommands::available)
          .on(Verb.HASH, OnPath.class, ChecksumCommands::hash)
          .on(Verb.XCRC, Digest.class, ChecksumCommands::digest)
          .on(Verb.XMD5, Digest.class, ChecksumCommands::digest)
          .on(Verb.XSHA, Digest.class, ChecksumCommands::digest)
          .on(Verb.XSHA1, Digest.class, ChecksumCommands::digest)
          .on(Verb.XSHA256, Digest.class, ChecksumCommands::digest)
          .on(Verb.XSHA512, Digest.class, ChecksumCommands::digest)
          .on(Verb.SITE, Text.class, SiteCommands::site)
          .on(Verb.SYST, Bare.class, InformationCommands::system)
          .on(Verb.HELP, Text.class, InformationCommands::help)
          .on(Verb.NOOP, Bare.class, InformationCommands::noop)
          .on(Verb.FEAT, Bare.class, InformationCommands::features)
          .on(Verb.OPTS, Text.class, OptionCommands::options)
          .on(Verb.LANG, Text.class, InformationCommands::language)
          .on(Verb.CLNT, Text.class, InformationCommands::clientName)
          .on(Verb.CSID, Text.class, InformationCommands::clientIdentity);

  private final Map<Verb, Line<?>> lines = new EnumMap<>(Verb.class);

  private record Line<C extends FtpCommand>(Class<C> shape, CommandHandler<C> handler) {
    Mono<FtpReply> handle(FtpCommand command, Session session) {
      return handler.handle(shape.cast(command), session);
    }
  }

  private CommandTable() {}

  /** The verbs carried out, in the order of {@link Verb}. */
  Set<Verb> offered() {
    return Collections.unmodifiableSet(lines.keySet());
  }

  /** The reply to {@code command}; failures are signalled, never thrown. */
  Mono<FtpReply> handle(FtpCommand command, Session session) {
    Line<?> line = lines.get(command.verb().canonical());
    return line == null
        ? Mono.error(new Refusal(502, command.verb() + " is not offered"))
        : Mono.defer(() -> line.handle(command, session));
  }

  private <C extends FtpCommand> CommandTable on(
      Verb verb, Class<C> shape, CommandHandler<C> handler) {
    lines.put(verb, new Line<>(shape, handler));
    return this;
  }
}
