package org.smbd.vfs.data;

import java.util.List;

/**
 * The ranges that take space.
 *
 * @param ranges in order, apart from each other
 * @param more whether there are others behind those
 */
public record AllocatedRanges(List<DataRange> ranges, boolean more) {
    public AllocatedRanges {
        ranges = List.copyOf(ranges);
    }
}
