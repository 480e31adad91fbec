/** The verbs, paths and attributes that every protocol and every storage shares. */
@NullMarked
package dev.sluice.api;

import org.jspecify.annotations.NullMarked;
