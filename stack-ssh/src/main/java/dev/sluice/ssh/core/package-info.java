/**
 * SSH connections as state machines: negotiation, keys, services. No sockets, threads or clocks.
 */
@NullMarked
package dev.sluice.ssh.core;

import org.jspecify.annotations.NullMarked;
