package org.smbd.vfs;

/**
 * One stream of a file. MS-FSCC 2.4.49 FileStreamInformation.
 *
 * @param name as on the wire: {@code "::$DATA"} is the default stream
 * @param size in bytes
 * @param allocationSize in bytes
 */
public record StreamFacts(String name, long size, long allocationSize) {}
