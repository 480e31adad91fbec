package dev.sluice.ftp.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.ftp.Dialect;
import dev.sluice.ftp.wire.Line;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Any octets as a listing; the first octet chooses the format, or none. */
final class ListingFuzzTest {

  @FuzzTest
  void noNameLeadsOutOfTheDirectoryAndNoLineIsLost(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Dialect[] dialects = Dialect.values();
    int choice = (input[0] & 0xFF) % (dialects.length + 1);
    ListingParser parser =
        ListingParser.create(
            Listings.OPTIONS.withDialect(choice < dialects.length ? dialects[choice] : null));
    ByteBuf data = Unpooled.wrappedBuffer(input, 1, input.length - 1);
    LineSplitter splitter = new LineSplitter();
    for (Line line = splitter.next(data); line != null; line = splitter.next(data)) {
      parser.accept(line).forEach(ListingFuzzTest::check);
    }
    Line last = splitter.last();
    if (last != null) {
      parser.accept(last).forEach(ListingFuzzTest::check);
    }
    parser.finish().forEach(ListingFuzzTest::check);
    assertThat(parser.unparsed()).hasSizeLessThanOrEqualTo(20);
    assertThat(parser.unparsedCount()).isGreaterThanOrEqualTo(parser.unparsed().size());
  }

  private static void check(ListedEntry entry) {
    assertThat(entry.name()).isNotEmpty().isNotIn(".", "..").doesNotContain("/", "\0", "\n");
  }
}
