package org.smbd.protocol.smb2;

import static org.smbd.protocol.smb2.Vector.FILE_ID;
import static org.smbd.protocol.smb2.Vector.FILE_ID_HEX;
import static org.smbd.protocol.smb2.Vector.GUID;
import static org.smbd.protocol.smb2.Vector.GUID_HEX;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.smbd.core.type.Guid;
import org.smbd.core.type.Sid;
import org.smbd.protocol.wire.Hex;

/** A context of each kind and the bytes of its data. */
final class ContextVectors {
    private static final Guid PARENT = new Guid(-1, -2);
    private static final String PARENT_HEX = "ffffffffffffffff feffffffffffffff";

    private static final String POSIX_HEX = "93ad25509cb411e7b42383de968bcd7c";

    private ContextVectors() {}

    /** A context, its name or type, and its data. */
    record Context<T>(T value, String name, String hex) {
        ByteBuf data() {
            return Hex.bytes(hex);
        }

        @Override
        public String toString() {
            return name + " " + value.getClass().getSimpleName();
        }
    }

    static Stream<Context<CreateContext>> createContexts() {
        return Stream.of(
                new Context<>(new CreateContext.EaBuffer(Hex.bytes("0102030405")), "ExtA", "0102030405"),
                new Context<>(new CreateContext.SdBuffer(Hex.bytes("0100")), "SecD", "0100"),
                new Context<>(new CreateContext.DurableHandleRequest(), "DHnQ", "00".repeat(16)),
                new Context<>(new CreateContext.DurableHandleReconnect(FILE_ID), "DHnC", FILE_ID_HEX),
                new Context<>(new CreateContext.QueryMaximalAccess(0), "MxAc", ""),
                new Context<>(new CreateContext.QueryMaximalAccess(1), "MxAc", "0100000000000000"),
                new Context<>(new CreateContext.AllocationSize(1L << 40), "AlSi", "0000000000010000"),
                new Context<>(new CreateContext.TimewarpToken(2), "TWrp", "0200000000000000"),
                new Context<>(
                        new CreateContext.RequestLease(GUID, 7),
                        "RqLs",
                        GUID_HEX + "| 07000000 | 00000000 | 0000000000000000"),
                new Context<>(new CreateContext.QueryOnDiskId(), "QFid", ""),
                new Context<>(
                        new CreateContext.RequestLeaseV2(GUID, 3, LeaseState.FLAG_PARENT_LEASE_KEY_SET, PARENT, 0x1234),
                        "RqLs",
                        GUID_HEX + "| 03000000 | 04000000 | 0000000000000000 |" + PARENT_HEX + "| 3412 | 0000"),
                new Context<>(
                        new CreateContext.DurableHandleRequestV2(
                                60000, CreateContext.DurableHandleRequestV2.FLAG_PERSISTENT, GUID),
                        "DH2Q",
                        "60ea0000 | 02000000 | 0000000000000000 |" + GUID_HEX),
                new Context<>(
                        new CreateContext.DurableHandleReconnectV2(FILE_ID, GUID, 2),
                        "DH2C",
                        FILE_ID_HEX + "|" + GUID_HEX + "| 02000000"),
                new Context<>(
                        new CreateContext.AppInstanceId(GUID),
                        octets("45bca66aefa7f74a9008fa462e144d74"),
                        "1400 | 0000 |" + GUID_HEX),
                new Context<>(
                        new CreateContext.AppInstanceVersion(2, -2),
                        octets("b982d0b73b56074fa07b524a8116a010"),
                        "1800 | 0000 | 00000000 | 0200000000000000 | feffffffffffffff"),
                new Context<>(new CreateContext.Posix(0x1A4), CreateContext.Posix.NAME, "a4010000"),
                new Context<>(
                        new CreateContext.Unknown("AAPL", Hex.bytes("0100000000000000")), "AAPL", "0100000000000000"));
    }

    /** The name of a context that is a GUID. */
    private static String octets(String hex) {
        ByteBuf octets = Hex.bytes(hex);
        return octets.toString(StandardCharsets.ISO_8859_1);
    }

    static Stream<Context<CreateContextResponse>> createContextResponses() {
        return Stream.of(
                new Context<>(new CreateContextResponse.DurableHandle(), "DHnQ", "0000000000000000"),
                new Context<>(new CreateContextResponse.MaximalAccess(0, 0x1F01FF), "MxAc", "00000000 | ff011f00"),
                new Context<>(
                        new CreateContextResponse.OnDiskId(1, 2),
                        "QFid",
                        "0100000000000000 | 0200000000000000 |" + "00".repeat(16)),
                new Context<>(
                        new CreateContextResponse.Lease(GUID, 3, LeaseState.FLAG_BREAK_IN_PROGRESS),
                        "RqLs",
                        GUID_HEX + "| 03000000 | 02000000 | 0000000000000000"),
                new Context<>(
                        new CreateContextResponse.LeaseV2(GUID, 1, 4, PARENT, 2),
                        "RqLs",
                        GUID_HEX + "| 01000000 | 04000000 | 0000000000000000 |" + PARENT_HEX + "| 0200 | 0000"),
                new Context<>(new CreateContextResponse.DurableHandleV2(30000, 2), "DH2Q", "30750000 | 02000000"),
                new Context<>(
                        new CreateContextResponse.Posix(2, 0, 0x1A4, Sid.unixUser(1000), Sid.unixGroup(100)),
                        CreateContext.Posix.NAME,
                        "02000000 | 00000000 | a4010000 | 0102 000000000016 01000000 e8030000"
                                + "| 0102 000000000016 02000000 64000000"),
                new Context<>(new CreateContextResponse.Unknown("AAPL", Hex.bytes("01")), "AAPL", "01"));
    }

    static Stream<Context<NegotiateContext>> negotiateContexts() {
        return Stream.of(
                new Context<>(
                        new NegotiateContext.PreauthIntegrity(List.of(1, 2), Hex.bytes("aabbcc")),
                        "1",
                        "0200 | 0300 | 0100 0200 | aabbcc"),
                new Context<>(new NegotiateContext.Encryption(List.of(4, 3, 2, 1)), "2", "0400 | 0400 0300 0200 0100"),
                new Context<>(new NegotiateContext.NetName("s1"), "5", "7300 3100"),
                new Context<>(new NegotiateContext.Signing(List.of(2, 1, 0)), "8", "0300 | 0200 0100 0000"),
                new Context<>(new NegotiateContext.PosixExtensions(Hex.bytes(POSIX_HEX)), "256", POSIX_HEX),
                new Context<>(new NegotiateContext.Unknown(3, Hex.bytes("ff")), "3", "ff"));
    }
}
