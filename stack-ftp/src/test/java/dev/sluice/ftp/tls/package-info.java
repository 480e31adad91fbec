/** FTP over TLS, both ends and real peers. */
@NullMarked
package dev.sluice.ftp.tls;

import org.jspecify.annotations.NullMarked;
