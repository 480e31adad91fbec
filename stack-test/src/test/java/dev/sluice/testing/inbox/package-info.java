/** Inboxes and outboxes against servers that run, and in processes that are killed. */
@NullMarked
package dev.sluice.testing.inbox;

import org.jspecify.annotations.NullMarked;
