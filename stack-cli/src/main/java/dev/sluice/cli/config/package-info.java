/** The configuration of a person: {@code ~/.config/sluice/config.yaml}. */
@NullMarked
package dev.sluice.cli.config;

import org.jspecify.annotations.NullMarked;
