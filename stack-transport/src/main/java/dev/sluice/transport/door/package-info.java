/** Who may come in: places before the login, and penalties for those who fail it. */
@NullMarked
package dev.sluice.transport.door;

import org.jspecify.annotations.NullMarked;
