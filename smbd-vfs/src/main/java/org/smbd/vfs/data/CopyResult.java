package org.smbd.vfs.data;

import org.smbd.core.status.NtStatus;

/**
 * How far a copy came. MS-SMB2 2.2.32.1 SRV_COPYCHUNK_RESPONSE.
 *
 * @param status SUCCESS, or why it ended early
 * @param rangesCopied the ranges that are whole
 * @param rangeBytesCopied of the one behind those
 * @param bytesCopied in all
 */
public record CopyResult(NtStatus status, int rangesCopied, long rangeBytesCopied, long bytesCopied) {}
