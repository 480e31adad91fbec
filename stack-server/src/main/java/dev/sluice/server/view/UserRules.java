package dev.sluice.server.view;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.Glob;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Right;
import dev.sluice.api.storage.Guard;
import dev.sluice.server.config.FileRight;
import dev.sluice.server.config.NamesConfig;
import dev.sluice.server.config.PolicyConfig;
import dev.sluice.server.config.RuleConfig;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user may do where. The rights of the user hold for the whole tree, those of a folder below
 * its path, those of a rule where its pattern fits; of several the last one counts, and rules come
 * after folders. Names have to fit all rules for names.
 */
final class UserRules implements Guard {
  /** What gives a file or directory its name. */
  private static final Set<Right> NAMING =
      EnumSet.of(
          Right.CREATE,
          Right.OVERWRITE,
          Right.APPEND,
          Right.CREATE_DIRECTORY,
          Right.RENAME,
          Right.LINK);

  private final Set<Right> everywhere;
  private final List<Rule> rules = new ArrayList<>();

  /**
   * A rule in effect.
   *
   * @param folder null = {@code pattern} decides
   * @param pattern null = everything
   * @param rights null = as elsewhere
   * @param names null = all
   */
  private record Rule(
      @Nullable RemotePath folder,
      @Nullable PathPattern pattern,
      @Nullable Set<Right> rights,
      @Nullable NamesConfig names,
      boolean hidden) {

    boolean fits(RemotePath path) {
      return folder != null ? path.startsWith(folder) : pattern == null || pattern.matches(path);
    }

    boolean refuses(String name) {
      return names != null
          && (names.deny().stream().anyMatch(each -> new Glob(each).matches(name))
              || (!names.allow().isEmpty()
                  && names.allow().stream().noneMatch(each -> new Glob(each).matches(name))));
    }
  }

  private UserRules(Set<Right> everywhere) {
    this.everywhere = everywhere;
  }

  /**
   * The rules of a policy.
   *
   * @throws IllegalArgumentException naming the rule, for a pattern that is none
   */
  static UserRules of(PolicyConfig policy) {
    UserRules all = new UserRules(policy.everywhere());
    if (policy.folders() != null) {
      policy
          .folders()
          .forEach(
              (path, folder) ->
                  all.rules.add(
                      new Rule(RemotePath.of(path), null, rights(folder.rights()), null, false)));
    }
    if (policy.rules() != null) {
      policy.rules().forEach(rule -> all.rules.add(rule(rule)));
    }
    return all;
  }

  private static Rule rule(RuleConfig rule) {
    String path = rule.path();
    try {
      return new Rule(
          null,
          path == null ? null : PathPattern.of(path),
          rights(rule.rights()),
          rule.names(),
          rule.hidden());
    } catch (IllegalArgumentException fault) {
      throw new IllegalArgumentException(
          "has a rule whose path \"%s\" %s; write it as /in/**".formatted(path, fault.getMessage()),
          fault);
    }
  }

  private static @Nullable Set<Right> rights(@Nullable List<FileRight> words) {
    return words == null ? null : FileRight.of(words);
  }

  /** Whether nothing is decided by path or name. */
  boolean isEmpty() {
    return rules.stream()
        .allMatch(rule -> rule.rights() == null && rule.names() == null && !rule.hidden());
  }

  /** Whether the path, or a directory that it is in, is to look as if it were not there. */
  boolean hides(RemotePath path) {
    for (RemotePath each = path.seenFrom(RemotePath.root()); !each.isRoot(); each = each.parent()) {
      RemotePath here = each;
      if (rules.stream().anyMatch(rule -> rule.hidden() && rule.fits(here))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void check(Right right, RemotePath path) {
    if (hides(path)) {
      throw new FileFailure(FileError.NOT_FOUND, path, "not found");
    }
    if (!rightsAt(path).contains(right)) {
      throw new FileFailure(
          FileError.PERMISSION_DENIED, path, "no right to " + words(right) + " here");
    }
    if (NAMING.contains(right) && !path.isRoot()) {
      String name = path.name();
      if (rules.stream().anyMatch(rule -> rule.fits(path) && rule.refuses(name))) {
        throw new FileFailure(
            FileError.PERMISSION_DENIED, path, "files of this name are not accepted here");
      }
    }
  }

  private Set<Right> rightsAt(RemotePath path) {
    Set<Right> rights = everywhere;
    for (Rule rule : rules) {
      if (rule.rights() != null && rule.fits(path)) {
        rights = rule.rights();
      }
    }
    return rights;
  }

  private static String words(Right right) {
    return right.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
