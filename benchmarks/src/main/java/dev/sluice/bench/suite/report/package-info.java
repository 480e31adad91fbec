/** What is made of the figures: tables, targets, CSV and plots. */
@NullMarked
package dev.sluice.bench.suite.report;

import org.jspecify.annotations.NullMarked;
