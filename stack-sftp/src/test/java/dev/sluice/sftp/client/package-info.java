/** Tests of the client against real and scripted servers. */
@NullMarked
package dev.sluice.sftp.client;

import org.jspecify.annotations.NullMarked;
