/** Words of the command line as places: URLs, bookmarks, names on this machine, and patterns. */
@NullMarked
package dev.sluice.cli.place;

import org.jspecify.annotations.NullMarked;
