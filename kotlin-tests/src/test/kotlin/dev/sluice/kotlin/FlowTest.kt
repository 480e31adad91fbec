package dev.sluice.kotlin

import dev.sluice.api.ByteRange
import dev.sluice.api.FileEntry
import dev.sluice.api.FileFailure
import dev.sluice.api.FileOperations
import dev.sluice.api.FileSession
import dev.sluice.api.RemotePath
import dev.sluice.api.WalkOptions
import dev.sluice.api.WriteMode
import dev.sluice.testing.TestServers
import io.netty.buffer.ByteBuf
import io.netty.buffer.PooledByteBufAllocator
import java.time.Duration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.asFlux
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.awaitSingleOrNull
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.extension.RegisterExtension
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import reactor.core.publisher.Flux

/**
 * Coroutines and flows over the verbs. Flow does not release what it drops, so content is copied
 * before it becomes a flow; then nothing is left however the flow ends. The extension of the
 * project's tests fails a test that leaks a buffer.
 */
class FlowTest {
  @ParameterizedTest
  @ValueSource(strings = ["ftp", "sftp"])
  fun aFlowReadsAWholeFile(scheme: String) = session(scheme) { files ->
    val octets = files.content(FILE).toList().sumOf { it.size }
    assertThat(octets).isEqualTo(SIZE)
  }

  @ParameterizedTest
  @ValueSource(strings = ["ftp", "sftp"])
  fun aFlowThatIsCancelledHalfwayLeavesNothing(scheme: String) = session(scheme) { files ->
    val begun = CompletableDeferred<Unit>()
    val reader = launch {
      files.content(FILE).collect {
        begun.complete(Unit)
        CompletableDeferred<Unit>().await()
      }
    }
    begun.await()
    reader.cancelAndJoin()

    assertThat(files.stat(FILE).awaitSingle().size()).isEqualTo(SIZE.toLong())
  }

  @ParameterizedTest
  @ValueSource(strings = ["ftp", "sftp"])
  fun aCollectorThatFailsEndsTheTransfer(scheme: String) = session(scheme) { files ->
    val failure = runCatching { files.content(FILE).collect { error("enough") } }

    assertThat(failure.exceptionOrNull()).hasMessage("enough")
    assertThat(files.stat(FILE).awaitSingle().size()).isEqualTo(SIZE.toLong())
  }

  @ParameterizedTest
  @ValueSource(strings = ["ftp", "sftp"])
  fun aFailureIsThrownByTheVerb(scheme: String) = session(scheme) { files ->
    val missing = RemotePath.of("/none")

    assertThat(runCatching { files.content(missing).toList() }.exceptionOrNull())
        .isInstanceOf(FileFailure::class.java)
    assertThat(runCatching { files.stat(missing).awaitSingle() }.exceptionOrNull())
        .isInstanceOf(FileFailure::class.java)
  }

  @ParameterizedTest
  @ValueSource(strings = ["ftp", "sftp"])
  fun aTreeIsWalkedAndEachFileReadMeanwhile(scheme: String) {
    (1..20).forEach { servers.files().write("/in/$it", "text $it") }
    session(scheme) { files ->
      val texts =
          files
              .walk(RemotePath.of("/in"), WalkOptions.ALL)
              .asFlow()
              .map { entry: FileEntry -> files.content(entry.path()).toList().text() }
              .toList()

      assertThat(texts).hasSize(20).contains("text 7")
    }
  }

  @ParameterizedTest
  @ValueSource(strings = ["ftp", "sftp"])
  fun aFlowIsWritten(scheme: String) = session(scheme) { files ->
    val content = files.content(FILE)
    val copy = RemotePath.of("/copy")
    val whole = content.toList()

    files.write(copy, WriteMode.replace(), buffers(whole)).awaitSingleOrNull()

    assertThat(servers.files().read("/copy")).hasSize(SIZE)
  }

  @ParameterizedTest
  @ValueSource(strings = ["ftp", "sftp"])
  fun aFlowThatFailsLeavesNoFile(scheme: String) = session(scheme) { files ->
    val broken = flow {
      emit(buffer(ByteArray(100_000)))
      error("the source is gone")
    }

    val failure = runCatching {
      files.write(RemotePath.of("/broken"), WriteMode.replace(), broken.asFlux()).awaitSingleOrNull()
    }

    assertThat(failure.exceptionOrNull()).hasStackTraceContaining("the source is gone")
    assertThat(servers.files().exists("/broken")).isFalse()
  }

  private fun session(scheme: String, work: suspend CoroutineScope.(FileSession) -> Unit) {
    servers.files().write(FILE.toString(), ByteArray(SIZE))
    val client = if (scheme == "ftp") servers.ftp().client() else servers.sftp().client()
    runBlocking {
      withTimeout(LIMIT.toMillis()) {
        val session = client.connect().awaitSingle()
        try {
          work(session)
        } finally {
          session.close().awaitSingleOrNull()
        }
      }
    }
  }

  /** Copied where the buffer is still ours: a flow may drop what it has taken. */
  private fun FileOperations.content(file: RemotePath): Flow<ByteArray> =
      read(file, ByteRange.all()).map { it.taken() }.asFlow()

  private fun ByteBuf.taken(): ByteArray =
      try {
        ByteArray(readableBytes()).also { readBytes(it) }
      } finally {
        release()
      }

  private fun List<ByteArray>.text() = joinToString("") { String(it, Charsets.UTF_8) }

  private fun buffers(parts: List<ByteArray>) = Flux.fromIterable(parts).map { buffer(it) }

  private fun buffer(octets: ByteArray): ByteBuf =
      PooledByteBufAllocator.DEFAULT.buffer(octets.size).writeBytes(octets)

  companion object {
    private const val SIZE = 2_000_000
    private val FILE = RemotePath.of("/file")
    private val LIMIT = Duration.ofSeconds(30)

    @JvmField
    @RegisterExtension
    val servers: TestServers = TestServers.create().user("ann", "secret")
  }
}
