package org.smbd.server.pipe;

import io.netty.buffer.ByteBuf;
import org.smbd.core.status.NtStatus;

/**
 * What a read of a pipe gets.
 *
 * @param status SUCCESS, or BUFFER_OVERFLOW where the message goes on
 * @param data a message, or as much of it as was asked for; not pooled
 */
public record PipeMessage(NtStatus status, ByteBuf data) {}
