package dev.sluice.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ftp.FtpReply;
import dev.sluice.test.Conforms;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeaturesTest {

  @Test
  @Conforms("FTP-156")
  void linesAreReadInAnyCaseWithOrWithoutBlanksOrPrefix() {
    Features features =
        Features.of(
            new FtpReply(
                211,
                List.of(
                    "Features:",
                    " utf8",
                    "MLST type*;size*;",
                    "211-  Rest STREAM ",
                    "",
                    " SITE CHMOD",
                    " SITE UTIME",
                    "End")));

    assertThat(features.lists("UTF8")).isTrue();
    assertThat(features.lists("REST")).isTrue();
    assertThat(features.parameter("MLST")).isEqualTo("TYPE*;SIZE*;");
    assertThat(features.parameter("SITE")).contains("CHMOD").contains("UTIME");
    assertThat(features.mayHave("SIZE")).isFalse();
  }

  @Test
  @Conforms("FTP-157")
  void aServerWithoutFeatMayHaveAnythingUntilItRefuses() {
    Features features = Features.of(FtpReply.of(502, "no FEAT"));

    assertThat(features.mayHave("SIZE")).isTrue();
    assertThat(features.lists("SIZE")).isFalse();
    assertThat(features.without("SIZE").mayHave("SIZE")).isFalse();
    assertThat(features.without("SIZE").mayHave("MDTM")).isTrue();
  }

  @Test
  @Conforms("FTP-187")
  void textBehindTvfsMeansNothing() {
    Features features =
        Features.of(new FtpReply(211, List.of("Features:", " TVFS and more", "End")));

    assertThat(features.lists("TVFS")).isTrue();
    assertThat(features.lists("AND")).isFalse();
  }
}
