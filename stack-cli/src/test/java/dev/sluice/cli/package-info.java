/** The {@code sluice} command, piece by piece and as a process. */
package dev.sluice.cli;
