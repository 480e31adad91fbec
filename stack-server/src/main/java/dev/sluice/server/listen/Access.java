package dev.sluice.server.listen;

import dev.sluice.api.login.Authenticator;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.storage.Storage;

/**
 * Who may do what: all that a document says of users.
 *
 * @param users who may log in
 * @param files what each of them sees
 * @param observer hears of their sessions
 */
public record Access(Authenticator users, Storage files, SessionObserver observer) {}
