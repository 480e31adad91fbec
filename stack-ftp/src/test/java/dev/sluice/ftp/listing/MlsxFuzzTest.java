package dev.sluice.ftp.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.api.RawName;

/** Any line as an entry of MLSD. */
final class MlsxFuzzTest {

  @FuzzTest
  void whatIsReadIsWrittenAndReadAgainTheSame(byte[] line) {
    MlsxEntry.parse(RawName.decode(line))
        .ifPresent(
            entry -> {
              assertThat(MlsxEntry.parse(entry.format())).contains(entry);
              assertThat(entry.attributes().size()).isGreaterThanOrEqualTo(-1);
            });
  }
}
