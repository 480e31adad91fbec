/** What answers the requests of an SFTP session. */
@NullMarked
package dev.sluice.sftp.server;

import org.jspecify.annotations.NullMarked;
