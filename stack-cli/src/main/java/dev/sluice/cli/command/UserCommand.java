package dev.sluice.cli.command;

import dev.sluice.api.RawName;
import dev.sluice.cli.key.NewPassword;
import dev.sluice.cli.output.Event;
import dev.sluice.cli.output.Fields;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.serve.UserKeys;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import dev.sluice.server.account.ForeignUser;
import dev.sluice.server.account.ForeignUsers;
import dev.sluice.server.account.NoSuchUser;
import dev.sluice.server.account.PasswordHash;
import dev.sluice.server.account.UserFiles;
import dev.sluice.server.account.UserImport;
import dev.sluice.server.config.ConfigFault;
import dev.sluice.server.config.DocumentUsers;
import dev.sluice.server.config.UserConfig;
import dev.sluice.server.daemon.ConfiguredAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice user}: the users of a document that {@code sluice serve -c} serves. */
@Command(
    name = "user",
    description = {
      "Adds, changes, lists and removes the users of a document of sluice serve. Each stands in a",
      "file of their own in the directory that the document includes; the server notices a change.",
      "A password is asked for twice, or is the line on standard input."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice user hash < password",
      "  sluice user add -c sluice.yaml --home '/srv/{user}' --rights list,read ann < password",
      "  sluice user add -c sluice.yaml --no-password --key a.pub --home /srv/bob bob",
      "  sluice user edit -c sluice.yaml --expires 2027-01-31 ann",
      "  sluice user passwd -c sluice.yaml ann < password",
      "  sluice user key -c sluice.yaml --key a.pub ann",
      "  sluice user list -c sluice.yaml",
      "  sluice user import -c sluice.yaml --home '/srv/{user}' htpasswd users.txt",
      "  sluice user remove -c sluice.yaml ann"
    })
public final class UserCommand implements Callable<Integer> {
  /** What to do. */
  enum Action {
    HASH,
    ADD,
    EDIT,
    PASSWD,
    KEY,
    LIST,
    REMOVE,
    IMPORT
  }

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The document; all but hash need it.")
  private @Nullable Path document;

  @Option(
      names = "--no-password",
      description = "No password lets the user in; for add and passwd.")
  private boolean noPassword;

  @Option(names = "--dry-run", description = "Writes nothing; for import.")
  private boolean dry;

  @Option(
      names = "--json",
      description = "Prints events for a script, one object of JSON on each line.")
  private boolean json;

  @Mixin private UserKeys keys = new UserKeys();

  @Parameters(
      index = "0",
      paramLabel = "ACTION",
      description = "hash, add, edit, passwd, key, list, remove or import.")
  private Action action = Action.LIST;

  @Parameters(
      index = "1..*",
      paramLabel = "NAME",
      description =
          "The user; for import htpasswd, vsftpd or sftpgo, and the file of the other server.")
  private List<String> words = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      return done();
    } catch (IllegalArgumentException | ConfigFault e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("cannot change users: " + PlainWords.of(e), e);
    }
  }

  private int done() throws IOException {
    return switch (action) {
      case HASH -> hash();
      case ADD -> add();
      case EDIT -> edit();
      case PASSWD -> passwd();
      case KEY -> key();
      case LIST -> list();
      case REMOVE -> told("removed", name(), files().remove(name()));
      case IMPORT -> imported();
    };
  }

  private int hash() {
    if (!words.isEmpty()) {
      throw new UsageError("hash takes no argument: the password is read from standard input");
    }
    report().print(PasswordHash.of(NewPassword.chosen(System.in)).text());
    return ExitStatus.DONE;
  }

  private int add() throws IOException {
    String name = name();
    UserFiles files = files();
    Map<String, Object> entry = new LinkedHashMap<>();
    if (!noPassword) {
      entry.put("password", newHash());
    }
    return told("added", name, files.add(name, keys.changed(entry)));
  }

  private int edit() throws IOException {
    if (!keys.given()) {
      throw new UsageError("nothing to change; name what the user shall have, such as --home DIR");
    }
    return told("changed", name(), files().edit(name(), keys::changed));
  }

  private int passwd() throws IOException {
    String name = name();
    UserFiles files = files();
    if (files.read().place(name).isEmpty()) {
      throw new NoSuchUser(name);
    }
    String hash = noPassword ? null : newHash();
    return told("changed", name, files.edit(name, entry -> withPassword(entry, hash)));
  }

  private static Map<String, Object> withPassword(
      Map<String, Object> before, @Nullable String hash) {
    Map<String, Object> entry = new LinkedHashMap<>(before);
    entry.remove("password");
    if (hash != null) {
      entry.put("password", hash);
    }
    return entry;
  }

  private static String newHash() {
    return PasswordHash.of(NewPassword.chosen(System.in)).text();
  }

  private int key() throws IOException {
    if (keys.given()) {
      return edit();
    }
    String name = name();
    UserConfig user =
        files().read().config().users().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new NoSuchUser(name));
    for (String line : user.keys()) {
      String fingerprint = UserKeys.fingerprint(line);
      report()
          .both(
              RawName.escape((fingerprint.isEmpty() ? "" : fingerprint + " ") + line),
              Event.KEY,
              Fields.of("fingerprint", fingerprint).and("line", line));
    }
    return ExitStatus.DONE;
  }

  private int list() {
    if (!words.isEmpty()) {
      throw new UsageError("list takes no name");
    }
    DocumentUsers users = files().read();
    for (UserConfig user : users.config().users()) {
      String place =
          users.place(user.name()).map(each -> each.file() + ":" + each.line()).orElse("");
      String state =
          (user.group() == null ? "" : " group " + user.group())
              + (user.password() == null ? " no password" : "")
              + (user.keys().isEmpty() ? "" : " keys " + user.keys().size())
              + (user.expires() == null ? "" : " expires " + user.expires())
              + (user.disabled() ? " disabled" : "");
      report()
          .both(
              RawName.escape(user.name() + " (" + place + ")" + state),
              Event.USER,
              Fields.of("name", user.name())
                  .and("state", "listed")
                  .and("place", place)
                  .and("group", user.group())
                  .and("home", user.policy().home())
                  .and("keys", user.keys().size())
                  .and("disabled", user.disabled())
                  .and("expires", user.expires()));
    }
    return ExitStatus.DONE;
  }

  private int imported() throws IOException {
    if (words.size() != 2) {
      throw new UsageError("write import and htpasswd, vsftpd or sftpgo, then the file");
    }
    List<ForeignUser> foreign = foreign(words.get(0), Path.of(words.get(1)));
    boolean all = true;
    for (UserImport each : files().addAll(foreign, keys.changed(Map.of()), dry)) {
      ForeignUser user = each.user();
      String at = words.get(1) + ":" + (user.line() == 0 ? "" : user.line() + ":");
      String state = each.added() ? "added" : "refused";
      all &= each.added();
      report()
          .event(
              Event.USER,
              Fields.of("name", user.name())
                  .and("state", state)
                  .and("lost", each.lost().isEmpty() ? null : each.lost()));
      report().line(RawName.escape(state + " " + user.name()));
      each.lost()
          .forEach(
              lost ->
                  spec.commandLine()
                      .getErr()
                      .println(
                          RawName.escape(
                              at
                                  + (user.name().isEmpty() ? "" : " " + user.name() + ":")
                                  + (each.added() ? " not carried over: " : " not added: ")
                                  + lost)));
    }
    return all ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static List<ForeignUser> foreign(String format, Path file) throws IOException {
    for (ForeignUsers each : ForeignUsers.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(format)) {
        return each.read(file);
      }
    }
    throw new UsageError(format + " is no format; write htpasswd, vsftpd or sftpgo");
  }

  private int told(String state, String name, Path file) {
    report()
        .both(
            RawName.escape(state + " " + name + " (" + file + ")"),
            Event.USER,
            Fields.of("name", name).and("state", state).and("place", file.toString()));
    return ExitStatus.DONE;
  }

  private String name() {
    if (words.size() != 1) {
      throw new UsageError("name one user");
    }
    return words.get(0);
  }

  private UserFiles files() {
    Path named = document;
    if (named == null) {
      throw new UsageError("name the document with -c FILE");
    }
    return UserFiles.of(named, ConfiguredAccess::checked);
  }

  private Report report() {
    return new Report(spec.commandLine().getOut(), json);
  }
}
