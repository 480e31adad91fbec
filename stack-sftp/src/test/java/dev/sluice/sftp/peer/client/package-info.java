/** Real servers for the tests of the client. */
@NullMarked
package dev.sluice.sftp.peer.client;

import org.jspecify.annotations.NullMarked;
