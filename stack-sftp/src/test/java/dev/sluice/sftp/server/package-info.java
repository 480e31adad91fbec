@NullMarked
package dev.sluice.sftp.server;

import org.jspecify.annotations.NullMarked;
