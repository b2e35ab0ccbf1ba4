package org.smbd.protocol.smb2;

import io.netty.buffer.ByteBuf;
import org.smbd.core.type.Guid;
import org.smbd.core.type.Sid;
import org.smbd.protocol.fscc.SidCodec;
import org.smbd.protocol.wire.WireReader;
import org.smbd.protocol.wire.WireWriter;

/** One context of a CREATE response. MS-SMB2 2.2.14.2 SMB2_CREATE_CONTEXT Response Values. */
public sealed interface CreateContextResponse extends CreateContextData {
    /** Reads the Data of a context; the reader is bounded by DataLength. */
    static CreateContextResponse decode(String name, WireReader data) {
        return switch (name) {
            case DurableHandle.NAME -> DurableHandle.decode(data);
            case MaximalAccess.NAME -> new MaximalAccess(data.i32(), data.i32());
            case OnDiskId.NAME -> OnDiskId.decode(data);
            case Lease.NAME -> data.remaining() >= LeaseV2.DATA_BYTES ? LeaseV2.decode(data) : Lease.decode(data);
            case DurableHandleV2.NAME -> new DurableHandleV2(data.i32(), data.i32());
            case CreateContext.Posix.NAME -> Posix.decode(data);
            default -> new Unknown(name, data.rest());
        };
    }

    /** MS-SMB2 2.2.14.2.3 SMB2_CREATE_DURABLE_HANDLE_RESPONSE. */
    record DurableHandle() implements CreateContextResponse {
        static final String NAME = "DHnQ";

        static DurableHandle decode(WireReader in) {
            in.skip(8); // Reserved
            return new DurableHandle();
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.i64(0); // Reserved
        }
    }

    /** MS-SMB2 2.2.14.2.5 SMB2_CREATE_QUERY_MAXIMAL_ACCESS_RESPONSE; valid if the status is SUCCESS. */
    record MaximalAccess(int queryStatus, int maximalAccess) implements CreateContextResponse {
        static final String NAME = "MxAc";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.i32(queryStatus);
            out.i32(maximalAccess);
        }
    }

    /** MS-SMB2 2.2.14.2.9 SMB2_CREATE_QUERY_ON_DISK_ID. */
    record OnDiskId(long diskFileId, long volumeId) implements CreateContextResponse {
        static final String NAME = "QFid";

        static OnDiskId decode(WireReader in) {
            OnDiskId id = new OnDiskId(in.i64(), in.i64());
            in.skip(16); // Reserved
            return id;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.i64(diskFileId);
            out.i64(volumeId);
            out.zeros(16); // Reserved
        }
    }

    /** MS-SMB2 2.2.14.2.10 SMB2_CREATE_RESPONSE_LEASE; states and flags as in {@link LeaseState}. */
    record Lease(Guid leaseKey, int leaseState, int leaseFlags) implements CreateContextResponse {
        static final String NAME = "RqLs";

        static Lease decode(WireReader in) {
            Lease lease = new Lease(in.guid(), in.i32(), in.i32());
            in.skip(8); // LeaseDuration
            return lease;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.guid(leaseKey);
            out.i32(leaseState);
            out.i32(leaseFlags);
            out.i64(0); // LeaseDuration
        }
    }

    /** MS-SMB2 2.2.14.2.11 SMB2_CREATE_RESPONSE_LEASE_V2; states and flags as in {@link LeaseState}. */
    record LeaseV2(Guid leaseKey, int leaseState, int flags, Guid parentLeaseKey, int epoch)
            implements CreateContextResponse {
        static final int DATA_BYTES = 52;

        static LeaseV2 decode(WireReader in) {
            Guid leaseKey = in.guid();
            int leaseState = in.i32();
            int flags = in.i32();
            in.skip(8); // LeaseDuration
            return new LeaseV2(leaseKey, leaseState, flags, in.guid(), in.u16());
        }

        @Override
        public String name() {
            return Lease.NAME;
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

    /** MS-SMB2 2.2.14.2.12 SMB2_CREATE_DURABLE_HANDLE_RESPONSE_V2. */
    record DurableHandleV2(int timeoutMillis, int flags) implements CreateContextResponse {
        static final String NAME = "DH2Q";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.i32(timeoutMillis);
            out.i32(flags);
        }
    }

    /**
     * The answer to {@link CreateContext.Posix}.
     *
     * @param mode as {@link org.smbd.core.file.PosixMetadata#wireMode}
     */
    record Posix(int numberOfLinks, int reparseTag, int mode, Sid owner, Sid group) implements CreateContextResponse {
        static Posix decode(WireReader in) {
            return new Posix(in.i32(), in.i32(), in.i32(), SidCodec.decode(in), SidCodec.decode(in));
        }

        @Override
        public String name() {
            return CreateContext.Posix.NAME;
        }

        @Override
        public void encodeData(WireWriter out) {
            out.i32(numberOfLinks);
            out.i32(reparseTag);
            out.i32(mode);
            SidCodec.encode(owner, out);
            SidCodec.encode(group, out);
        }
    }

    /** A context that is not described in MS-SMB2; data borrowed. */
    record Unknown(String name, ByteBuf data) implements CreateContextResponse {
        @Override
        public void encodeData(WireWriter out) {
            out.bytes(data);
        }
    }
}
