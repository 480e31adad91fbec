package dev.sluice.sftp.client;

import dev.sluice.sftp.message.SftpAttributes;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;

/**
 * What goes into a file, and the attributes that it gets before and after that.
 *
 * @param begin the permissions, which the file has from its first octet; NONE = the server's
 *     default
 */
record Filling(Publisher<? extends ByteBuf> content, SftpAttributes begin, Ending ending) {}
