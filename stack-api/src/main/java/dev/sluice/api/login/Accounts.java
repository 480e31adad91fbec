package dev.sluice.api.login;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The users and groups of this machine that own files seen so far, by number and by name. A lookup
 * here never reads the machine's user database.
 */
public final class Accounts {
  private static final int MAX_NAMES = 10_000;
  private static final Accounts USERS = new Accounts();
  private static final Accounts GROUPS = new Accounts();

  private final Map<Integer, String> names = new ConcurrentHashMap<>();
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

  private Accounts() {}

  /** The number, a uint32 in decimal, of a user whom a storage has named. */
  public static Optional<String> userNumber(String name) {
    return USERS.number(name);
  }

  /** As {@link #userNumber}, of a group. */
  public static Optional<String> groupNumber(String name) {
    return GROUPS.number(name);
  }

  /** The name of a user whom a storage has named. */
  public static Optional<String> userName(int number) {
    return Optional.ofNullable(USERS.names.get(number));
  }

  /** As {@link #userName}, of a group. */
  public static Optional<String> groupName(int number) {
    return Optional.ofNullable(GROUPS.names.get(number));
  }

  /** The user's name, looked up once: that reads the user database of the machine. */
  public static String user(int number, Supplier<String> lookUp) {
    return USERS.name(number, lookUp);
  }

  /** As {@link #user}, of a group. */
  public static String group(int number, Supplier<String> lookUp) {
    return GROUPS.name(number, lookUp);
  }

  private Optional<String> number(String name) {
    return Optional.ofNullable(numbers.get(name)).map(Integer::toUnsignedString);
  }

  private String name(int number, Supplier<String> lookUp) {
    String known = names.get(number);
    if (known != null) {
      return known;
    }
    String name = lookUp.get();
    if (names.size() < MAX_NAMES) {
      names.put(number, name);
      numbers.putIfAbsent(name, number);
    }
    return name;
  }
}
