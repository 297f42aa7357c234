package io.github.polverdict.live.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/** Hands connections on to a server and counts their bytes, both ways. */
final class CountingProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final String host;
  private final int port;
  private final LongAdder bytes = new LongAdder();

  /**
   * Starts to listen on loopback.
   *
   * @param server {@code 10.0.0.1:6443}
   */
  CountingProxy(String server) throws IOException {
    this.socket = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    this.host = server.substring(0, server.indexOf(':'));
    this.port = Integer.parseInt(server.substring(server.indexOf(':') + 1));
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  long bytes() {
    return bytes.sum();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket server = new Socket(host, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        bytes.add(n);
      }
    } catch (IOException _) {
      // one of the two has gone
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
