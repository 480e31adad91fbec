package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.bench.suite.worker.Protocol;
import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** curl, from its start to its end. */
record CurlWords() implements Program.Words {

  @Override
  public List<String> down(Endpoint server, String remote, Path local) {
    return line(server, "--output", local.toString(), remote);
  }

  @Override
  public List<String> up(Endpoint server, Path local, String remote) {
    return line(server, "--upload-file", local.toString(), remote);
  }

  @Override
  public List<String> manyDown(Endpoint server, String remote, Path local) {
    throw new UnsupportedOperationException("curl copies no directories");
  }

  @Override
  public List<String> manyUp(Endpoint server, Path local, String remote) {
    throw new UnsupportedOperationException("curl copies no directories");
  }

  private static List<String> line(Endpoint server, String how, String local, String remote) {
    List<String> line =
        new ArrayList<>(List.of(Peers.program("curl").toString(), "--silent", "--show-error"));
    if (server.protocol() == Protocol.FTPS) {
      line.addAll(List.of("--ssl-reqd", "--cacert", server.trust()));
    }
    line.addAll(List.of("--user", server.user() + ":" + server.password(), how, local));
    line.add("ftp://%s:%d%s".formatted(server.host(), server.port(), remote));
    return line;
  }
}
