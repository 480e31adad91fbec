@NullMarked
package dev.sluice.server.audit;

import org.jspecify.annotations.NullMarked;
