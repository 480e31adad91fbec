package dev.sluice.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Clients;
import dev.sluice.server.config.AdminConfig;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.config.Secret;
import dev.sluice.server.daemon.ConfiguredAccess;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.test.peer.Peers;
import dev.sluice.tls.test.TestCertificates;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;

/**
 * The page in a real browser. {@code -Dscreenshots.write=true} writes the pictures of the
 * documentation.
 */
@Timeout(300)
final class AdminPageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final TestCertificates CERTIFICATES = new TestCertificates();

  private final AdminServer admin = AdminServer.create();

  @TempDir private Path directory;
  private Daemon daemon;
  private DisposableServer server;
  private ChromeDriver browser;

  @BeforeEach
  void start() throws IOException {
    Peers.require("chromium", "chromedriver");
    TestCertificates.PemFiles pem = CERTIFICATES.write(directory);
    String hash = OpenBSDBCrypt.generate("secret".toCharArray(), new byte[16], 4);
    Path home = Files.createDirectory(directory.resolve("home"));
    Path file = directory.resolve("sluice.yaml");
    Files.writeString(
        file,
        """
        listeners: [ { url: "ftp://127.0.0.1:0" }, { url: "ftpes://127.0.0.1:0" } ]
        tls: { certificate: "%s", key: "%s" }
        users:
          - { name: ann, home: "%s", password: "%s" }
          - { name: bob, home: "%s", password: "%s", disabled: true }
        """
            .formatted(pem.certificate(), pem.key(), home, hash, home, hash));
    daemon =
        Daemon.start(
                ConfigReader.read(file, Map.<String, String>of()::get).config(),
                new ConfiguredAccess()::of,
                admin.observer())
            .block(PATIENCE);
    server =
        admin
            .start(
                new AdminConfig("127.0.0.1:0", new Secret("t0ken")), daemon, Mono.empty(), () -> {})
            .block(PATIENCE);
    browser = chromium();
  }

  private static ChromeDriver chromium() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Peers.program("chromium").toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1100,900");
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Peers.program("chromedriver").toFile())
            .usingAnyFreePort()
            .build(),
        options);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (server != null) {
      server.disposeNow();
      daemon.drain(Duration.ZERO).block(PATIENCE);
    }
  }

  @Test
  void anOperatorSeesSessionsComeAndEndsOneWithTheKeyboard() throws IOException {
    login();
    assertThat(text("sessions")).isEqualTo("Nobody is connected.");

    FileSession session = session();
    Flux<ByteBuf> slow =
        Flux.interval(LOOK)
            .onBackpressureDrop()
            .map(tick -> Unpooled.wrappedBuffer(new byte[200_000]));
    session
        .write(RemotePath.of("/report <2026> \u00fc.csv"), WriteMode.inPlace(), slow)
        .onErrorComplete()
        .subscribe();
    until("the transfer", () -> text("transfers").contains("report <2026> \u00fc.csv"));
    until("its rate", () -> text("totals").contains("MiB/s"));
    picture("admin-page");

    WebElement end = browser.findElement(By.cssSelector("#sessions button"));
    assertThat(end.getAccessibleName()).isEqualTo("End session of ann from 127.0.0.1");
    focus("#sessions button");
    String before = text("sessions");
    until("a later state", () -> !text("sessions").equals(before));
    browser.switchTo().activeElement().sendKeys(Keys.ENTER);

    session.onClosed().onErrorComplete().block(PATIENCE);
    until("the end", () -> text("sessions").equals("Nobody is connected."));
  }

  @Test
  void thePageFitsAPhoneAndNamesWhatItShows() throws IOException {
    browser.manage().window().setSize(new Dimension(500, 900));
    login();
    session();
    until("the session", () -> text("sessions").contains("ann"));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));

    assertThat(number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
    assertThat(text("certificates")).contains("in ", " days");
    assertThat(text("users")).contains("ann", "bob", "disabled");
    picture("admin-page-phone");
    for (WebElement each :
        browser.findElements(By.cssSelector("button, input:not([type=hidden])"))) {
      assertThat(each.getAccessibleName()).isNotBlank();
      assertThat(each.getSize().getHeight()).isGreaterThanOrEqualTo(40);
    }
    List<WebElement> tables = browser.findElements(By.tagName("table"));
    assertThat(tables).isNotEmpty();
    tables.forEach(table -> assertThat(table.findElements(By.tagName("caption"))).hasSize(1));
  }

  @Test
  void aPageWhoseLoginHasEndedElsewhereReportsThatItIsNotUpToDate() {
    login();
    browser.executeScript(
        """
        const secret = document.querySelector("input[name=secret]").value;
        fetch("/logout", { method: "POST", body: new URLSearchParams({ secret }) });
        """);

    until("the warning", () -> text("link").contains("no longer up to date"));
  }

  @Test
  void theBrowserReportsNoErrors() {
    login();
    session();
    until("the session", () -> text("sessions").contains("ann"));

    assertThat(browser.manage().logs().get("browser").getAll())
        .extracting(entry -> entry.getMessage())
        .isEmpty();
  }

  private void login() {
    InetSocketAddress at = (InetSocketAddress) server.address();
    browser.get("http://127.0.0.1:" + at.getPort() + "/");
    browser.findElement(By.id("token")).sendKeys("t0ken", Keys.ENTER);
    until("the page", () -> !browser.findElements(By.id("sessions")).isEmpty());
  }

  private FileSession session() {
    String url = daemon.urls().get(0).replace("://", "://ann:secret@");
    return Clients.of(URI.create(url)).connect().block(PATIENCE);
  }

  private String text(String id) {
    return String.valueOf(
        browser.executeScript("return document.getElementById(arguments[0])?.innerText ?? ''", id));
  }

  private void focus(String selector) {
    browser.executeScript("document.querySelector(arguments[0]).focus()", selector);
  }

  private long number(String script) {
    return ((Number) browser.executeScript(script)).longValue();
  }

  /** Looks again and again, for as long as a person would at most. */
  private static void until(String what, Supplier<Boolean> there) {
    Boolean seen =
        Flux.interval(LOOK, Schedulers.boundedElastic())
            .onBackpressureDrop()
            .map(tick -> there.get())
            .takeUntil(Boolean::booleanValue)
            .blockLast(PATIENCE);
    assertThat(seen).as(what).isTrue();
  }

  private void picture(String name) throws IOException {
    byte[] png = browser.getScreenshotAs(OutputType.BYTES);
    assertThat(png.length).isGreaterThan(1000);
    if (Boolean.getBoolean("screenshots.write")) {
      Files.write(Files.createDirectories(Path.of("../docs/pictures")).resolve(name + ".png"), png);
    }
  }
}
