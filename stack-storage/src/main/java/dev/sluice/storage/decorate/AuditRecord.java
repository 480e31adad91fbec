package dev.sluice.storage.decorate;

import dev.sluice.api.RemotePath;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user has done.
 *
 * @param time of its begin
 * @param verb as the method is called; {@code read} and {@code write} are recorded when the file is
 *     closed
 * @param target the other path of a rename, a copy or a link; null = the verb has one path
 * @param octets of the file that were moved
 * @param result {@code ok}, {@code cancelled}, {@code OTHER} or the {@link
 *     dev.sluice.api.FileError} in its own spelling
 */
public record AuditRecord(
    Instant time,
    String user,
    String verb,
    RemotePath path,
    @Nullable String target,
    long octets,
    Duration took,
    String result) {}
