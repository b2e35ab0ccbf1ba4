package org.smbd.vfs.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.vfs.ModeMapping;

/**
 * Keeps DOS attributes in extended attributes: {@code user.DOSATTRIB} as Samba and ksmbd do ({@link DosAttribFormat}),
 * and a ChangeTime that a client has set in {@code user.smbd.ChangeTime} ({@link KeptChangeTime}).
 *
 * <p>Where there are no extended attributes, the permissions of a file stand for what they can: {@link ModeMapping}.
 */
public final class XattrAttributeStore implements AttributeStore {
    static final String DOSATTRIB = "user.DOSATTRIB";
    static final String CHANGE_TIME = "user.smbd.ChangeTime";
    /** Where the data of a reparse point are kept. */
    public static final String REPARSE_POINT = "user.smbd.ReparsePoint";
    /** Where an object id is kept. */
    public static final String OBJECT_ID = "user.smbd.ObjectId";

    private static final Logger LOG = LoggerFactory.getLogger(XattrAttributeStore.class);
    /** Rounds of writing the ChangeTime until the host's clock stays within the slack: one is the rule. */
    private static final int ROUNDS_MAX = 8;

    private final boolean extendedAttributes;
    private final ModeMapping modes;

    /**
     * For the files of {@code volume}.
     *
     * @param storeDosAttributes false keeps to the mode bits even if the host has extended attributes
     * @param modes what the mode bits stand for
     */
    public XattrAttributeStore(Volume volume, boolean storeDosAttributes, ModeMapping modes) {
        this.modes = modes;
        this.extendedAttributes = storeDosAttributes && volume.capabilities().extendedAttributes();
    }

    @Override
    public DosAttributes read(StoreFile file, StoreStat stat) {
        if (extendedAttributes) {
            Optional<byte[]> value = attribute(file, DOSATTRIB);
            Optional<DosAttributes> kept = value.flatMap(DosAttribFormat::decode);
            if (kept.isPresent()) {
                long changeTime = DosAttribFormat.hasChangeTime(value.get()) ? changeTime(file, stat) : 0;
                int reparseTag = FileAttributes.has(kept.get().attributes(), FileAttributes.REPARSE_POINT)
                        ? reparseTag(file)
                        : 0;
                return new DosAttributes(
                        reparseTag == 0
                                ? kept.get().attributes() & ~FileAttributes.REPARSE_POINT
                                : kept.get().attributes(),
                        kept.get().creationTime(),
                        changeTime,
                        reparseTag);
            }
            if (value.isPresent()) {
                LOG.warn(
                        "{} of inode {} is damaged and counts as none",
                        DOSATTRIB,
                        stat.key().inode());
            }
            return DosAttributes.NONE;
        }
        int mapped = stat.isDirectory() ? 0 : modes.attributes(stat, file.who());
        return mapped == 0 ? DosAttributes.NONE : new DosAttributes(mapped, 0, 0);
    }

    /** The tag begins the data: MS-FSCC 2.1.2.2 REPARSE_DATA_BUFFER. 0 where they are damaged or gone. */
    private static int reparseTag(StoreFile file) {
        return attribute(file, REPARSE_POINT)
                .filter(data -> data.length >= Integer.BYTES)
                .map(data ->
                        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt(0))
                .orElse(0);
    }

    private static long changeTime(StoreFile file, StoreStat stat) {
        return attribute(file, CHANGE_TIME)
                .flatMap(KeptChangeTime::decode)
                .filter(time -> time.isValid(stat))
                .map(KeptChangeTime::value)
                .orElse(0L);
    }

    @Override
    public void write(StoreFile file, DosAttributes attributes) {
        if (!extendedAttributes) {
            writeMode(file, attributes);
            return;
        }
        try {
            file.setAttribute(DOSATTRIB, DosAttribFormat.encode(attributes));
        } catch (SmbException e) {
            if (e.status() != NtStatus.NOT_SUPPORTED) {
                throw e;
            }
            writeMode(file, attributes); // a file system without them, mounted within the share
            return;
        }
        if (attributes.changeTime() != 0) { // else an earlier one stays, and DOSATTRIB tells that it does not count
            writeChangeTime(file, attributes.changeTime());
        }
    }

    private static void writeChangeTime(StoreFile file, long changeTime) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            KeptChangeTime time = KeptChangeTime.at(changeTime, file.stat());
            file.setAttribute(CHANGE_TIME, time.encode());
            if (time.isValid(file.stat())) {
                return;
            }
        }
        LOG.warn("a ChangeTime could not be kept: the file is being changed all the time");
    }

    private void writeMode(StoreFile file, DosAttributes attributes) {
        StoreStat stat = file.stat();
        if (stat.isDirectory()) {
            return; // READONLY of a directory does not forbid to write in it
        }
        int mode = modes.mode(stat.mode(), attributes.attributes());
        if (mode != stat.mode()) {
            file.setMode(mode);
        }
    }

    private static Optional<byte[]> attribute(StoreFile file, String name) {
        try {
            return file.attribute(name);
        } catch (SmbException e) {
            LOG.debug("{} cannot be read: {}", name, e.status());
            return Optional.empty();
        }
    }
}
