/** The packets of SFTP versions 3 to 6, each with both directions beside each other. */
@NullMarked
package dev.sluice.sftp.message;

import org.jspecify.annotations.NullMarked;
