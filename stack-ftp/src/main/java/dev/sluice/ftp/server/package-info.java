/** The server: sessions, and one handler for each verb. */
@NullMarked
package dev.sluice.ftp.server;

import org.jspecify.annotations.NullMarked;
