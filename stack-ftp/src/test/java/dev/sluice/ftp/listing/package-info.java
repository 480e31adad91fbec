/** Tests of directory listings, most of them from files. */
@NullMarked
package dev.sluice.ftp.listing;

import org.jspecify.annotations.NullMarked;
