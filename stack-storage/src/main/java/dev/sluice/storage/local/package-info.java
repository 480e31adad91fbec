/** Files on the disk of this machine, jailed below a root directory. */
@NullMarked
package dev.sluice.storage.local;

import org.jspecify.annotations.NullMarked;
