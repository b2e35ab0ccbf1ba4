package org.smbd.protocol.smb1;

import io.netty.buffer.ByteBuf;
import org.smbd.protocol.wire.WireReader;

/** The messages that transactions come in. Parameters and data are borrowed from the message. */
public sealed interface Smb1TransactionRequest {
    /**
     * MS-CIFS 2.2.4.33.1 SMB_COM_TRANSACTION, 2.2.4.46.1 SMB_COM_TRANSACTION2, 2.2.4.62.1 SMB_COM_NT_TRANSACT Request.
     *
     * @param function what NT_TRANSACT is asked for; elsewhere the first setup word, or -1
     * @param setup the setup words, as bytes
     * @param totalParameterCount of all messages, in bytes
     * @param totalDataCount of all messages, in bytes
     * @param maxParameterCount most that the client takes, in bytes
     * @param maxDataCount most that the client takes, in bytes
     * @param flags of the first two
     * @param name of SMB_COM_TRANSACTION; else empty
     */
    record Start(
            int function,
            ByteBuf setup,
            long totalParameterCount,
            long totalDataCount,
            long maxParameterCount,
            long maxDataCount,
            int maxSetupCount,
            int flags,
            String name,
            ByteBuf parameters,
            ByteBuf data)
            implements Smb1TransactionRequest {
        /** Flags: disconnect the tree afterwards. */
        public static final int DISCONNECT_TID = 0x1;
        /** Flags: send no answer. */
        public static final int NO_RESPONSE = 0x2;

        private static final int FIXED_WORDS = 14;
        private static final int NT_FIXED_WORDS = 19;

        /** @param text of the name; null where there is none */
        public static Start decode(Smb1Block block, Smb1Text text) {
            WireReader words = block.words();
            int totalParameters = words.u16();
            int totalData = words.u16();
            int maxParameters = words.u16();
            int maxData = words.u16();
            int maxSetup = words.u8();
            words.skip(1); // Reserved1
            int flags = words.u16();
            words.skip(6); // Timeout, Reserved2
            int parameterCount = words.u16();
            int parameterOffset = words.u16();
            int dataCount = words.u16();
            int dataOffset = words.u16();
            int setupCount = words.u8();
            words.skip(1); // Reserved3
            block.words(FIXED_WORDS + setupCount);
            ByteBuf setup = words.slice(2L * setupCount);
            String name = text == null ? "" : text.read(block.bytes());
            return new Start(
                    setupCount == 0 ? -1 : setup.getUnsignedShortLE(setup.readerIndex()),
                    setup,
                    totalParameters,
                    totalData,
                    maxParameters,
                    maxData,
                    maxSetup,
                    flags,
                    name,
                    block.region(parameterOffset, parameterCount),
                    block.region(dataOffset, dataCount));
        }

        public static Start decodeNt(Smb1Block block) {
            WireReader words = block.words();
            int maxSetup = words.u8();
            words.skip(2); // Reserved1
            long totalParameters = words.u32();
            long totalData = words.u32();
            long maxParameters = words.u32();
            long maxData = words.u32();
            long parameterCount = words.u32();
            long parameterOffset = words.u32();
            long dataCount = words.u32();
            long dataOffset = words.u32();
            int setupCount = words.u8();
            int function = words.u16();
            block.words(NT_FIXED_WORDS + setupCount);
            return new Start(
                    function,
                    words.slice(2L * setupCount),
                    totalParameters,
                    totalData,
                    maxParameters,
                    maxData,
                    maxSetup,
                    0,
                    "",
                    block.region(parameterOffset, parameterCount),
                    block.region(dataOffset, dataCount));
        }
    }

    /**
     * MS-CIFS 2.2.4.34.1 SMB_COM_TRANSACTION_SECONDARY, 2.2.4.47.1 SMB_COM_TRANSACTION2_SECONDARY, 2.2.4.63.1
     * SMB_COM_NT_TRANSACT_SECONDARY Request.
     *
     * @param totalParameterCount may be less than in the first message
     * @param totalDataCount may be less than in the first message
     */
    record Secondary(
            long totalParameterCount,
            long totalDataCount,
            long parameterDisplacement,
            ByteBuf parameters,
            long dataDisplacement,
            ByteBuf data)
            implements Smb1TransactionRequest {
        /** @param wordCount 8 or, where a FID comes last, 9 */
        public static Secondary decode(Smb1Block block, int wordCount) {
            WireReader words = block.words(wordCount);
            int totalParameters = words.u16();
            int totalData = words.u16();
            int parameterCount = words.u16();
            int parameterOffset = words.u16();
            int parameterDisplacement = words.u16();
            int dataCount = words.u16();
            int dataOffset = words.u16();
            int dataDisplacement = words.u16();
            return new Secondary(
                    totalParameters,
                    totalData,
                    parameterDisplacement,
                    block.region(parameterOffset, parameterCount),
                    dataDisplacement,
                    block.region(dataOffset, dataCount));
        }

        public static Secondary decodeNt(Smb1Block block) {
            WireReader words = block.words(18);
            words.skip(3); // Reserved1
            long totalParameters = words.u32();
            long totalData = words.u32();
            long parameterCount = words.u32();
            long parameterOffset = words.u32();
            long parameterDisplacement = words.u32();
            long dataCount = words.u32();
            long dataOffset = words.u32();
            long dataDisplacement = words.u32();
            return new Secondary(
                    totalParameters,
                    totalData,
                    parameterDisplacement,
                    block.region(parameterOffset, parameterCount),
                    dataDisplacement,
                    block.region(dataOffset, dataCount));
        }
    }
}
