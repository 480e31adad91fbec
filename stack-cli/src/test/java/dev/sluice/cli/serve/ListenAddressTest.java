package dev.sluice.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.serve.ListenAddress.Scheme;
import dev.sluice.cli.status.UsageError;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {

  @Test
  void everySchemeHasItsPort() {
    assertThat(ListenAddress.parse("ftp://127.0.0.1"))
        .isEqualTo(new ListenAddress(Scheme.FTP, "127.0.0.1", 21));
    assertThat(ListenAddress.parse("ftpes://127.0.0.1"))
        .isEqualTo(new ListenAddress(Scheme.FTPES, "127.0.0.1", 21));
    assertThat(ListenAddress.parse("FTPS://[::1]"))
        .isEqualTo(new ListenAddress(Scheme.FTPS, "::1", 990));
    assertThat(ListenAddress.parse("ftps://*:0")).isEqualTo(new ListenAddress(Scheme.FTPS, "", 0));
  }

  @Test
  void whatWasBoundIsToldAsItIsConnectedTo() {
    assertThat(new ListenAddress(Scheme.FTPES, "::1", 0).url(new InetSocketAddress("::1", 2121)))
        .isEqualTo("ftpes://[::1]:2121");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1", "127.0.0.1:21", "scp://127.0.0.1", "ftp://", "ftps:"})
  void whatIsNoAddressIsWrongUsage(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text)).isInstanceOf(UsageError.class);
  }
}
