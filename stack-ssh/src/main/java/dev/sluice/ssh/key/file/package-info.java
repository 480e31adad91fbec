/** Private keys as files hold them. The classes here read octets and open no file. */
@NullMarked
package dev.sluice.ssh.key.file;

import org.jspecify.annotations.NullMarked;
