/** The servers for tests, tested. */
package dev.sluice.testing;
