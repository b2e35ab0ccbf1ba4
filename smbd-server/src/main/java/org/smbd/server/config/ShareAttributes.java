package org.smbd.server.config;

/**
 * What is kept in extended attributes of the host, with the names of Samba's options.
 *
 * @param streams whether files have named streams: always, as on Windows, unless {@code smbd:streams = no}
 * @param streamPrefix what the attributes of streams begin with
 * @param storeStreamType whether {@code :$DATA} ends their names
 * @param eas whether clients have extended attributes
 */
public record ShareAttributes(boolean streams, String streamPrefix, boolean storeStreamType, boolean eas) {
    static ShareAttributes from(Values values) {
        return new ShareAttributes(
                values.bool("smbd:streams", true),
                values.text("streams_xattr:prefix", "user.DosStream."),
                values.bool("streams_xattr:store_stream_type", true),
                values.bool("ea support", true));
    }
}
