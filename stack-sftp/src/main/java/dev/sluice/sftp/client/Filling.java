package dev.sluice.sftp.client;

import dev.sluice.sftp.message.SftpAttributes;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;

/**
 * What goes into a file, and what is said of it before and after that.
 *
 * @param begin the permissions, which the file has from its first octet; NONE = as the server does
 *     it
 */
record Filling(Publisher<? extends ByteBuf> content, SftpAttributes begin, Ending ending) {}
