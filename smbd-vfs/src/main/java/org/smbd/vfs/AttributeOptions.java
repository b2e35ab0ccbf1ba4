package org.smbd.vfs;

import org.smbd.vfs.ea.EaOptions;
import org.smbd.vfs.stream.StreamOptions;

/**
 * What a share does with the extended attributes of the host.
 *
 * @param streams named streams
 * @param eas the attributes that clients know as theirs
 */
public record AttributeOptions(StreamOptions streams, EaOptions eas) {
    /** Samba's defaults. */
    public static final AttributeOptions DEFAULT = new AttributeOptions(StreamOptions.DEFAULT, EaOptions.DEFAULT);
}
