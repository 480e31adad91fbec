/** The packets of SFTP versions 3 to 6, each with its encoder and decoder side by side. */
@NullMarked
package dev.sluice.sftp.message;

import org.jspecify.annotations.NullMarked;
