/** Our client with our server. */
@NullMarked
package dev.sluice.sftp.both;

import org.jspecify.annotations.NullMarked;
