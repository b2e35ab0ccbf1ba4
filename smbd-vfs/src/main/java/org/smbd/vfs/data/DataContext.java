package org.smbd.vfs.data;

import java.util.function.Consumer;
import org.smbd.vfs.store.AttributeStore;
import org.smbd.vfs.store.DosAttributes;
import org.smbd.vfs.store.Volume;

/**
 * What the engines share.
 *
 * @param volume the share's files
 * @param attributes what is kept of a file beside its data
 * @param modified told of every open through which data were changed: MS-FSA 2.1.4.17 Algorithm for Noting That a File
 *     Has Been Modified
 * @param attributesChanged told of every open whose file got other attributes: whoever watches its directory is told
 */
public record DataContext(
        Volume volume, AttributeStore attributes, Consumer<DataOpen> modified, Consumer<DataOpen> attributesChanged) {
    DosAttributes kept(DataOpen open) {
        return attributes.read(open.file(), open.file().stat());
    }

    /** Changes the bits that are kept of a file, if that is a change. */
    void changeAttributes(DataOpen open, int clear, int set) {
        DosAttributes kept = kept(open);
        int next = kept.attributes() & ~clear | set;
        if (next != kept.attributes()) {
            long creation = kept.creationTime() != 0
                    ? kept.creationTime()
                    : open.file().stat().creationTime();
            attributes.write(open.file(), new DosAttributes(next, creation, 0));
            attributesChanged.accept(open);
        }
    }
}
