package dev.sluice.transport.connect;

import java.util.function.UnaryOperator;

/**
 * A change of what only one protocol has.
 *
 * @param type the client of that protocol
 */
public record Tuning<C>(Class<C> type, UnaryOperator<C> change) {}
