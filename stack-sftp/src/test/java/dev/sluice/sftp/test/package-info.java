/** What the tests of both ends share. */
@NullMarked
package dev.sluice.sftp.test;

import org.jspecify.annotations.NullMarked;
