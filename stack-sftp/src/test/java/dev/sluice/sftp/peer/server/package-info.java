/** The server with real clients. */
@NullMarked
package dev.sluice.sftp.peer.server;

import org.jspecify.annotations.NullMarked;
