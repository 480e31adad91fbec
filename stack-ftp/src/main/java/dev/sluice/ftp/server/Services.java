package dev.sluice.ftp.server;

import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.FtpServerSettings;
import dev.sluice.ftp.io.ActivePorts;
import dev.sluice.ftp.io.PassivePorts;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.transport.door.Doorway;
import dev.sluice.transport.door.LoginPenalties;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one server share.
 *
 * @param tls encrypts connections; null = no TLS
 * @param penalties counts failed logins across connections
 * @param doorway admits sessions up to the limits
 */
record Services(
    FtpServerSettings options,
    Storage storage,
    Authenticator users,
    @Nullable TlsAcceptor tls,
    SessionObserver observer,
    PassivePorts passivePorts,
    ActivePorts activePorts,
    LoginPenalties penalties,
    Doorway doorway) {}
