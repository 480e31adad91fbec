package dev.sluice.api;

import org.jspecify.annotations.Nullable;

/** No connection was made: name, network, refusal, or a proxy in between. */
public final class ConnectFailed extends TransferException {
  private static final long serialVersionUID = 1L;

  public ConnectFailed(String message) {
    super(message, null);
  }

  public ConnectFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
