/** Tests of the configuration. */
package dev.sluice.cli.config;
