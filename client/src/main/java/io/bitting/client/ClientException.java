package io.bitting.client;

/**
 * The server could not be asked, or what answered is not a Bitting server: no connection, no answer
 * in time, an answer of another form. Whether a change that was asked for has been made is unknown.
 *
 * <p><b>Security guarantees.</b> No message shows the token, the body that was sent or the one that
 * came back.
 */
public final class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClientException(String message) {
    super(message);
  }

  ClientException(String message, Throwable cause) {
    super(message, cause);
  }
}
