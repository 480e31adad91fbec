/** Options of a server: addresses, certificates, host keys, and its log. */
@NullMarked
package dev.sluice.cli.serve;

import org.jspecify.annotations.NullMarked;
