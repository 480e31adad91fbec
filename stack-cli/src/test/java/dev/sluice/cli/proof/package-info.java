/** Proof that a tree arrives whole, however often its copy is cut. */
package dev.sluice.cli.proof;
