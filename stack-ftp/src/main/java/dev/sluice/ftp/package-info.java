/** FTP and FTPS, client and server (RFC 959 and its successors). */
@NullMarked
package dev.sluice.ftp;

import org.jspecify.annotations.NullMarked;
