/** Tests of how a tree is watched. */
package dev.sluice.cli.watch;
