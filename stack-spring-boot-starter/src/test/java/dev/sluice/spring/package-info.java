/** Tests of the starter. */
package dev.sluice.spring;
