/** Real FTP programs, started and driven as the other side of interoperability tests. */
@NullMarked
package dev.sluice.ftp.peer;

import org.jspecify.annotations.NullMarked;
