package dev.sluice.sftp.message;

/** What a client asks for; the server answers with one {@link SftpResponse} of the same id. */
public sealed interface SftpRequest extends SftpPacket
    permits HandleRequest, PathRequest, Extended, UnknownRequest {

  /** A uint32 held in an int, the client's choice. */
  int id();
}
