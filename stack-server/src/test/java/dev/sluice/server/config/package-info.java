/** Tests of the document. */
@NullMarked
package dev.sluice.server.config;

import org.jspecify.annotations.NullMarked;
