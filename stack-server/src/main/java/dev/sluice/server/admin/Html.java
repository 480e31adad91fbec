package dev.sluice.server.admin;

import java.util.List;

/**
 * Pieces of a page. Whatever comes from a client or from the document passes through {@link #text}.
 */
final class Html {
  private Html() {}

  /** A text as the content of an element or as a quoted attribute. */
  static String text(Object value) {
    StringBuilder out = new StringBuilder();
    String plain = String.valueOf(value);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return out.toString();
  }

  /**
   * A table, or a sentence where it would have no rows.
   *
   * @param rows cells of HTML
   */
  static String table(String caption, List<String> heads, List<List<String>> rows, String none) {
    if (rows.isEmpty()) {
      return "<p class=\"none\">" + text(none) + "</p>";
    }
    StringBuilder out = new StringBuilder("<table><caption>").append(text(caption));
    out.append("</caption><thead><tr>");
    heads.forEach(head -> out.append("<th scope=\"col\">").append(text(head)).append("</th>"));
    out.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      out.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        out.append("<td data-head=\"").append(text(heads.get(i))).append("\">");
        out.append(row.get(i)).append("</td>");
      }
      out.append("</tr>");
    }
    return out.append("</tbody></table>").toString();
  }

  /**
   * A button that does something.
   *
   * @param secret of the browser's login; another page cannot know it
   * @param id keeps the focus of the keyboard when the page is brought up to date
   */
  static String button(String action, String secret, String id, String words, String spoken) {
    return "<form method=\"post\" action=\"%s\"><input type=\"hidden\" name=\"secret\" value=\"%s\"><button id=\"%s\" aria-label=\"%s\">%s</button></form>"
        .formatted(text(action), text(secret), text(id), text(spoken), text(words));
  }
}
