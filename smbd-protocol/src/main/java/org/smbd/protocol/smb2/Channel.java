package org.smbd.protocol.smb2;

/** How the payload of READ and WRITE travels. MS-SMB2 2.2.19 SMB2 READ Request, Channel. */
public final class Channel {
    /** In the message. */
    public static final int NONE = 0;

    public static final int RDMA_V1 = 1;
    public static final int RDMA_V1_INVALIDATE = 2;
    public static final int RDMA_TRANSFORM = 3;

    private Channel() {}

    /** Whether the payload is to travel by the peer's memory. */
    public static boolean isRdma(int channel) {
        return channel == RDMA_V1 || channel == RDMA_V1_INVALIDATE || channel == RDMA_TRANSFORM;
    }
}
