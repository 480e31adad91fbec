/** Directory listings: the facts of RFC 3659 and the dialects that came before. */
@NullMarked
package dev.sluice.ftp.listing;

import org.jspecify.annotations.NullMarked;
