/** Logins of the accounts of a document. */
@NullMarked
package dev.sluice.server.account;

import org.jspecify.annotations.NullMarked;
