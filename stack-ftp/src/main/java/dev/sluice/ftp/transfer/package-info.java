/** What happens to octets between a file and a data connection: TYPE and MODE. */
@NullMarked
package dev.sluice.ftp.transfer;

import org.jspecify.annotations.NullMarked;
