/** What a user sees: home, folders, rules, quotas, rates. */
@NullMarked
package dev.sluice.server.view;

import org.jspecify.annotations.NullMarked;
