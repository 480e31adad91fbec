/** What tests of TLS share. */
@NullMarked
package dev.sluice.tls.test;

import org.jspecify.annotations.NullMarked;
