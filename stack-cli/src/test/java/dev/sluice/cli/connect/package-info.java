/** Tests of connections and where passwords come from. */
package dev.sluice.cli.connect;
