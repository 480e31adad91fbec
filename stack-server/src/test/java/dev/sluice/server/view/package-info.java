/** What users see, over every protocol. */
@NullMarked
package dev.sluice.server.view;

import org.jspecify.annotations.NullMarked;
