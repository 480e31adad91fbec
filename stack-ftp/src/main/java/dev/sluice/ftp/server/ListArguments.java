package dev.sluice.ftp.server;

/**
 * The argument of LIST, NLST and STAT: options in the way of {@code ls}, then a path.
 *
 * @param path as written; empty = the current directory
 * @param all whether names that begin with a dot are shown
 * @param itself whether a directory and its parent are shown, too, as {@code .} and {@code ..}
 */
record ListArguments(String path, boolean all, boolean itself) {

  /** Leading words that begin with {@code -} are options; {@code --} ends them. */
  static ListArguments parse(String argument) {
    String rest = argument;
    boolean all = false;
    boolean itself = false;
    while (rest.startsWith("-")) {
      int space = rest.indexOf(' ');
      String word = space < 0 ? rest : rest.substring(0, space);
      rest = space < 0 ? "" : rest.substring(space + 1);
      if (word.equals("--")) {
        break;
      }
      all |= word.indexOf('a') > 0 || word.indexOf('A') > 0;
      itself |= word.indexOf('a') > 0;
    }
    return new ListArguments(rest, all, itself);
  }
}
