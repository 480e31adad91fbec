/** The client against real servers, and against one that misbehaves on purpose. */
@NullMarked
package dev.sluice.ftp.client;

import org.jspecify.annotations.NullMarked;
