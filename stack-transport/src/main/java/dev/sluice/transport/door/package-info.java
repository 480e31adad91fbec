/** Admission of connections: places before the login, and penalties for failed logins. */
@NullMarked
package dev.sluice.transport.door;

import org.jspecify.annotations.NullMarked;
