/**
 * The document that describes a server: its records, and what reads, checks and writes them. Values
 * only.
 */
@NullMarked
package dev.sluice.server.config;

import org.jspecify.annotations.NullMarked;
