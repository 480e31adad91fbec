/** Tests of the shell. */
package dev.sluice.cli.shell;
