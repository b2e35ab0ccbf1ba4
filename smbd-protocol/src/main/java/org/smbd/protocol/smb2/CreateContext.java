package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.core.type.Guid;
import org.smbd.protocol.wire.MalformedMessage;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/**
 * One context of a CREATE request. MS-SMB2 2.2.13.2 SMB2_CREATE_CONTEXT Request Values. A known context of another
 * length than its own is malformed.
 */
public sealed interface CreateContext extends CreateContextData {
    /** Reads the Data of a context; the reader is bounded by DataLength. */
    static CreateContext decode(String name, WireReader data) {
        return switch (name) {
            case EaBuffer.NAME -> new EaBuffer(data.rest());
            case SdBuffer.NAME -> new SdBuffer(data.rest());
            case DurableHandleRequest.NAME -> DurableHandleRequest.decode(exactly(16, data));
            case DurableHandleReconnect.NAME -> new DurableHandleReconnect(FileId.decode(exactly(16, data)));
            case QueryMaximalAccess.NAME -> QueryMaximalAccess.decode(data);
            case AllocationSize.NAME -> new AllocationSize(exactly(8, data).i64());
            case TimewarpToken.NAME -> new TimewarpToken(exactly(8, data).i64());
            case RequestLease.NAME -> decodeLease(data);
            case QueryOnDiskId.NAME -> QueryOnDiskId.decode(exactly(0, data));
            case DurableHandleRequestV2.NAME -> DurableHandleRequestV2.decode(exactly(32, data));
            case DurableHandleReconnectV2.NAME -> DurableHandleReconnectV2.decode(exactly(36, data));
            case Posix.NAME -> new Posix(exactly(4, data).i32());
            case AppInstanceId.NAME -> AppInstanceId.decode(exactly(20, data));
            case AppInstanceVersion.NAME -> AppInstanceVersion.decode(exactly(24, data));
            default -> new Unknown(name, data.rest());
        };
    }

    private static WireReader exactly(int bytes, WireReader data) {
        if (data.remaining() != bytes) {
            throw MalformedMessage.invalidParameter();
        }
        return data;
    }

    /** The two versions have one name, and are told apart by their length. */
    private static CreateContext decodeLease(WireReader data) {
        return data.remaining() == RequestLeaseV2.DATA_BYTES
                ? RequestLeaseV2.decode(data)
                : RequestLease.decode(exactly(RequestLease.DATA_BYTES, data));
    }

    /** MS-SMB2 2.2.13.2.1 SMB2_CREATE_EA_BUFFER: a chain of FILE_FULL_EA_INFORMATION, borrowed. */
    record EaBuffer(ByteBuf data) implements CreateContext {
        static final String NAME = "ExtA";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.bytes(data);
        }
    }

    /** MS-SMB2 2.2.13.2.2 SMB2_CREATE_SD_BUFFER: a self-relative security descriptor, borrowed. */
    record SdBuffer(ByteBuf data) implements CreateContext {
        static final String NAME = "SecD";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.bytes(data);
        }
    }

    /** MS-SMB2 2.2.13.2.3 SMB2_CREATE_DURABLE_HANDLE_REQUEST. */
    record DurableHandleRequest() implements CreateContext {
        static final String NAME = "DHnQ";

        static DurableHandleRequest decode(WireReader in) {
            in.skip(16); // DurableRequest, reserved
            return new DurableHandleRequest();
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.zeros(16);
        }
    }

    /** MS-SMB2 2.2.13.2.4 SMB2_CREATE_DURABLE_HANDLE_RECONNECT. */
    record DurableHandleReconnect(FileId fileId) implements CreateContext {
        static final String NAME = "DHnC";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            fileId.encode(out);
        }
    }

    /**
     * MS-SMB2 2.2.13.2.5 SMB2_CREATE_QUERY_MAXIMAL_ACCESS_REQUEST.
     *
     * @param timestamp FILETIME of the last change that the client knows; 0 where it sent none
     */
    record QueryMaximalAccess(long timestamp) implements CreateContext {
        static final String NAME = "MxAc";

        static QueryMaximalAccess decode(WireReader in) {
            return new QueryMaximalAccess(
                    in.remaining() == 0 ? 0 : exactly(8, in).i64());
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            if (timestamp != 0) {
                out.i64(timestamp);
            }
        }
    }

    /** MS-SMB2 2.2.13.2.6 SMB2_CREATE_ALLOCATION_SIZE. */
    record AllocationSize(long allocationSizeBytes) implements CreateContext {
        static final String NAME = "AlSi";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.i64(allocationSizeBytes);
        }
    }

    /** MS-SMB2 2.2.13.2.7 SMB2_CREATE_TIMEWARP_TOKEN: FILETIME of the wanted version. */
    record TimewarpToken(long timestamp) implements CreateContext {
        static final String NAME = "TWrp";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.i64(timestamp);
        }
    }

    /** MS-SMB2 2.2.13.2.8 SMB2_CREATE_REQUEST_LEASE; states as in {@link LeaseState}. */
    record RequestLease(Guid leaseKey, int leaseState) implements CreateContext {
        static final String NAME = "RqLs";
        static final int DATA_BYTES = 32;

        static RequestLease decode(WireReader in) {
            return new RequestLease(in.guid(), in.i32()); // LeaseFlags and LeaseDuration are reserved
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.guid(leaseKey);
            out.i32(leaseState);
            out.i32(0); // LeaseFlags
            out.i64(0); // LeaseDuration
        }
    }

    /** MS-SMB2 2.2.13.2.9 SMB2_CREATE_QUERY_ON_DISK_ID. */
    record QueryOnDiskId() implements CreateContext {
        static final String NAME = "QFid";

        static QueryOnDiskId decode(WireReader empty) {
            empty.skip(0);
            return new QueryOnDiskId();
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.zeros(0);
        }
    }

    /** MS-SMB2 2.2.13.2.10 SMB2_CREATE_REQUEST_LEASE_V2; states and flags as in {@link LeaseState}. */
    record RequestLeaseV2(Guid leaseKey, int leaseState, int flags, Guid parentLeaseKey, int epoch)
            implements CreateContext {
        static final int DATA_BYTES = 52;

        static RequestLeaseV2 decode(WireReader in) {
            Guid leaseKey = in.guid();
            int leaseState = in.i32();
            int flags = in.i32();
            in.skip(8); // LeaseDuration
            return new RequestLeaseV2(leaseKey, leaseState, flags, in.guid(), in.u16());
        }

        @Override
        public String name() {
            return RequestLease.NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.guid(leaseKey);
            out.i32(leaseState);
            out.i32(flags);
            out.i64(0); // LeaseDuration
            out.guid(parentLeaseKey);
            out.u16(epoch);
            out.u16(0); // Reserved
        }
    }

    /** MS-SMB2 2.2.13.2.11 SMB2_CREATE_DURABLE_HANDLE_REQUEST_V2. */
    record DurableHandleRequestV2(int timeoutMillis, int flags, Guid createGuid) implements CreateContext {
        static final String NAME = "DH2Q";
        /** The handle shall survive a restart of the server. */
        public static final int FLAG_PERSISTENT = 0x2;

        static DurableHandleRequestV2 decode(WireReader in) {
            int timeoutMillis = in.i32();
            int flags = in.i32();
            in.skip(8); // Reserved
            return new DurableHandleRequestV2(timeoutMillis, flags, in.guid());
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.i32(timeoutMillis);
            out.i32(flags);
            out.i64(0); // Reserved
            out.guid(createGuid);
        }
    }

    /** MS-SMB2 2.2.13.2.12 SMB2_CREATE_DURABLE_HANDLE_RECONNECT_V2. */
    record DurableHandleReconnectV2(FileId fileId, Guid createGuid, int flags) implements CreateContext {
        static final String NAME = "DH2C";

        static DurableHandleReconnectV2 decode(WireReader in) {
            return new DurableHandleReconnectV2(FileId.decode(in), in.guid(), in.i32());
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            fileId.encode(out);
            out.guid(createGuid);
            out.i32(flags);
        }
    }

    /**
     * SMB2_CREATE_TAG_POSIX, of the POSIX extensions of SMB 3.1.1 and no Microsoft document: an open with POSIX
     * semantics.
     *
     * @param mode permissions of a file that is created
     */
    record Posix(int mode) implements CreateContext {
        /** The octets of 93AD25509CB411E7B42383DE968BCD7C. */
        static final String NAME = "\u0093\u00AD%P\u009C\u00B4\u0011\u00E7\u00B4#\u0083\u00DE\u0096\u008B\u00CD|";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.i32(mode);
        }
    }

    /** MS-SMB2 2.2.13.2.13 SMB2_CREATE_APP_INSTANCE_ID. */
    record AppInstanceId(Guid appInstanceId) implements CreateContext {
        /** The octets of 45BCA66AEFA7F74A9008FA462E144D74. */
        static final String NAME = "E\u00BC\u00A6j\u00EF\u00A7\u00F7J\u0090\b\u00FAF.\u0014Mt";

        private static final int STRUCTURE_SIZE = 20;

        static AppInstanceId decode(WireReader in) {
            in.skip(4); // StructureSize, Reserved
            return new AppInstanceId(in.guid());
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.u16(STRUCTURE_SIZE);
            out.u16(0); // Reserved
            out.guid(appInstanceId);
        }
    }

    /** MS-SMB2 2.2.13.2.15 SMB2_CREATE_APP_INSTANCE_VERSION; both parts unsigned. */
    record AppInstanceVersion(long high, long low) implements CreateContext {
        /** The octets of B982D0B73B56074FA07B524A8116A010. */
        static final String NAME = "\u00B9\u0082\u00D0\u00B7;V\u0007O\u00A0{RJ\u0081\u0016\u00A0\u0010";

        private static final int STRUCTURE_SIZE = 24;

        static AppInstanceVersion decode(WireReader in) {
            in.skip(8); // StructureSize, Reserved, Padding
            return new AppInstanceVersion(in.i64(), in.i64());
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.u16(STRUCTURE_SIZE);
            out.u16(0); // Reserved
            out.i32(0); // Padding
            out.i64(high);
            out.i64(low);
        }
    }

    /** A context that this server does not know (AAPL, shared virtual disks); data borrowed. */
    record Unknown(String name, ByteBuf data) implements CreateContext {
        @Override
        public void encodeData(WireWriter out) {
            out.bytes(data);
        }
    }
}
