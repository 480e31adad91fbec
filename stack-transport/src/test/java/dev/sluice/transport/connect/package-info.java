/** Tests. */
package dev.sluice.transport.connect;
