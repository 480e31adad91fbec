/** Tests of words that name places. */
package dev.sluice.cli.place;
