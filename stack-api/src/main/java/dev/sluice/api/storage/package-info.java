/** The source of a server's files. */
@NullMarked
package dev.sluice.api.storage;

import org.jspecify.annotations.NullMarked;
