package example;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileClient;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsClientOptions;
import java.io.FileInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hands out the files of two servers over HTTP, as fast as the browser reads them. */
@SpringBootApplication
public class Application {
  /** Arguments: port of SFTP, its fingerprint, port of FTPS, file of its certificate. */
  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  @Bean
  Map<String, FileClient> clients(org.springframework.boot.ApplicationArguments arguments)
      throws Exception {
    List<String> args =
        arguments.getNonOptionArgs();
    FileClient sftp =
        SftpClient.create("localhost")
            .port(Integer.parseInt(args.get(0)))
            .user("ann")
            .credential(Credential.password("secret"))
            .hostKeys(HostKeyPolicy.pinned(args.get(1)));
    FileClient ftps =
        FtpClient.create("localhost")
            .port(Integer.parseInt(args.get(2)))
            .credentials("ann", "secret")
            .security(
                FtpSecurity.explicit(
                    TlsClientOptions.DEFAULT.withVerification(
                        PeerVerification.authorities(List.of(certificate(args.get(3)))))));
    return Map.of("sftp", sftp, "ftps", ftps);
  }

  private static X509Certificate certificate(String file) throws Exception {
    try (FileInputStream in = new FileInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  /** One session for each request; it ends with the response, also when the browser goes away. */
  @RestController
  static class Downloads {
    private final Map<String, FileClient> clients;

    Downloads(Map<String, FileClient> clients) {
      this.clients = clients;
    }

    @GetMapping("/{server}/{file}")
    Mono<Void> download(
        @PathVariable("server") String server,
        @PathVariable("file") String file,
        ServerHttpResponse response) {
      NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
      Flux<DataBuffer> content =
          Flux.usingWhen(
              clients.get(server).connect(),
              session -> session.read(RemotePath.of("/" + file), ByteRange.all()).map(buffers::wrap),
              FileSession::close);
      return response.writeWith(content);
    }
  }
}
