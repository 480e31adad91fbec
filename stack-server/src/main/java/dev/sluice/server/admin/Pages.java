package dev.sluice.server.admin;

import java.util.Map;

/** Whole pages. They work without scripts; a script keeps them up to date. */
final class Pages {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <link rel="stylesheet" href="/admin.css">
      <link rel="icon" href="data:,">
      %s
      </head>
      <body>
      """;

  private Pages() {}

  /**
   * Asks for the token.
   *
   * @param problem empty = it is asked for the first time
   */
  static String login(String problem) {
    String alert = problem.isEmpty() ? "" : "<p role=\"alert\">" + Html.text(problem) + "</p>";
    return HEAD.formatted("Sluice: log in", "")
        + """
        <main class="login">
        <h1>Sluice</h1>
        %s
        <form method="post" action="/login">
        <label for="token">Token of the operator (admin.token)</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
        <button>Log in</button>
        </form>
        </main>
        </body>
        </html>
        """
            .formatted(alert);
  }

  /**
   * The server.
   *
   * @param sections by their identifiers
   * @param notice about what the operator has just done; empty = nothing
   */
  static String server(Map<String, String> sections, String secret, String notice) {
    StringBuilder out =
        new StringBuilder(HEAD.formatted("Sluice", "<script src=\"/admin.js\" defer></script>"));
    out.append(
        """
        <header>
        <h1>Sluice</h1>
        <p id="link" role="status"></p>
        <nav aria-label="Actions">%s%s%s</nav>
        </header>
        <main>
        """
            .formatted(
                Html.button("/do/reload", secret, "reload", "Reload", "Read the document again"),
                Html.button(
                    "/do/drain",
                    secret,
                    "drain",
                    "Drain",
                    "Let transfers end, then stop the server"),
                Html.button("/logout", secret, "logout", "Log out", "Log out")));
    if (!notice.isEmpty()) {
      out.append("<p class=\"notice\" role=\"alert\">").append(Html.text(notice)).append("</p>\n");
    }
    sections.forEach(
        (id, html) ->
            out.append("<section id=\"")
                .append(id)
                .append("\">")
                .append(html)
                .append("</section>\n"));
    return out.append("</main>\n</body>\n</html>\n").toString();
  }
}
