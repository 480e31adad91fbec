package dev.sluice.server.config;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What the protocols allow.
 *
 * @param ftp of FTP and FTPS
 * @param ssh of the SSH below SFTP
 * @param sftp of SFTP
 */
@RecordBuilder
public record ProtocolConfig(
    @Key("of FTP and FTPS") FtpConfig ftp,
    @Key("of the SSH below SFTP") SshConfig ssh,
    @Key("of SFTP") SftpConfig sftp)
    implements ProtocolConfigBuilder.With {
  /** The defaults of the libraries. */
  public static final ProtocolConfig DEFAULT =
      new ProtocolConfig(FtpConfig.DEFAULT, SshConfig.DEFAULT, SftpConfig.DEFAULT);
}
