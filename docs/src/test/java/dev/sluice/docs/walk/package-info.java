/** The walk-throughs of the protocols: real sessions, recorded and taken apart. */
@NullMarked
package dev.sluice.docs.walk;

import org.jspecify.annotations.NullMarked;
