package org.smbd.protocol.fscc;

/**
 * One data stream of a file. MS-FSCC 2.4.49 FileStreamInformation.
 *
 * @param name the stream's own name, without colons and type; empty for the unnamed stream
 * @param sizeBytes length of its data
 * @param allocationSizeBytes bytes on the medium
 */
public record StreamInfo(String name, long sizeBytes, long allocationSizeBytes) {
    /** The form on the wire: {@code :name:$DATA}. */
    public String qualifiedName() {
        return ":" + name + ":$DATA";
    }
}
