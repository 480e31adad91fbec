/** Tests of what commands show. */
package dev.sluice.cli.output;
