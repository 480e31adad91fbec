package dev.sluice.ftp.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * A connection that gives its peer's port as another: sockets of the JDK look TLS sessions up by
 * the port, so that a data connection would never find its control connection's.
 */
final class SamePort extends Socket {
  private final Socket connection;
  private final int port;

  SamePort(Socket connection, int port) {
    this.connection = connection;
    this.port = port;
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public InetAddress getInetAddress() {
    return connection.getInetAddress();
  }

  @Override
  public boolean isConnected() {
    return connection.isConnected();
  }

  @Override
  public boolean isClosed() {
    return connection.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return connection.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return connection.isOutputShutdown();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return connection.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return connection.getOutputStream();
  }

  @Override
  public void shutdownInput() throws IOException {
    connection.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    connection.shutdownOutput();
  }

  @Override
  public synchronized int getSoTimeout() throws SocketException {
    return connection.getSoTimeout();
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    connection.setSoTimeout(millis);
  }

  @Override
  public synchronized void close() throws IOException {
    connection.close();
  }
}
