package example;

import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.spring.SluiceClients;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hands out the files of servers over HTTP, as fast as the browser reads them. */
@SpringBootApplication
public class Application {
  /** The servers are the properties {@code sluice.clients}. */
  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  /** A session of a pool for each request; it is given back also when the browser goes away. */
  @RestController
  static class Downloads {
    private final SluiceClients clients;

    Downloads(SluiceClients clients) {
      this.clients = clients;
    }

    @GetMapping("/{server}/{file}")
    Mono<Void> download(
        @PathVariable("server") String server,
        @PathVariable("file") String file,
        ServerHttpResponse response) {
      NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
      Flux<DataBuffer> content =
          clients
              .files(server)
              .read(RemotePath.of("/" + file), ByteRange.all())
              .map(buffers::wrap);
      return response.writeWith(content);
    }
  }
}
