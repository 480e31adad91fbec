/** What users do, in a stream of events, and its record in a file. */
@NullMarked
package dev.sluice.server.audit;

import org.jspecify.annotations.NullMarked;
