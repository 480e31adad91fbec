/** The client's side of SFTP: requests, transfers, and the verbs of a session. */
@NullMarked
package dev.sluice.sftp.client;

import org.jspecify.annotations.NullMarked;
