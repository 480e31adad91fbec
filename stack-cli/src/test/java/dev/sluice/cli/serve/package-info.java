/** Tests of the options of a server and of its log. */
package dev.sluice.cli.serve;
