package org.smbd.vfs.stream;

/**
 * How a share keeps named streams; names and meaning as Samba's module streams_xattr has them.
 *
 * @param served false: no name may have a stream in it
 * @param prefix what the attributes of streams begin with ({@code streams_xattr:prefix})
 * @param storeStreamType whether {@code :$DATA} ends their names ({@code streams_xattr:store_stream_type})
 */
public record StreamOptions(boolean served, String prefix, boolean storeStreamType) {
    /** Where Samba keeps streams unless it is told otherwise. */
    public static final String PREFIX = "user.DosStream.";

    /** Samba's defaults. */
    public static final StreamOptions DEFAULT = new StreamOptions(true, PREFIX, true);

    /** No streams. */
    public static final StreamOptions NONE = new StreamOptions(false, PREFIX, true);
}
