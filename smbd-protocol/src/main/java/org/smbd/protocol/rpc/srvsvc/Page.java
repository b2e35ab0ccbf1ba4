package org.smbd.protocol.rpc.srvsvc;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The part of a list that a client takes at once. MS-SRVS 3.1.4.8, PreferedMaximumLength and ResumeHandle.
 *
 * @param entries of this part
 * @param available entries from its beginning to the end of the list
 * @param next where the next part begins; 0 where this is the last
 */
record Page<T>(List<T> entries, int available, int next) {
    /** MS-SRVS 2.2.2.2 MAX_PREFERRED_LENGTH. */
    private static final int MAX_PREFERRED_LENGTH = -1;

    /**
     * At least one entry, so that the client comes to an end.
     *
     * @param from the client's resume handle
     * @param preferredMaximumLength bytes, unsigned
     * @param size an upper bound of the bytes of an entry
     */
    static <T> Page<T> of(List<T> all, int from, int preferredMaximumLength, ToIntFunction<T> size) {
        int begin = Math.min(from & 0x7FFFFFFF, all.size());
        int end = all.size();
        if (preferredMaximumLength != MAX_PREFERRED_LENGTH) {
            long left = preferredMaximumLength & 0xFFFFFFFFL;
            end = begin;
            while (end < all.size()) {
                left -= size.applyAsInt(all.get(end));
                if (left < 0 && end > begin) {
                    break;
                }
                end++;
            }
        }
        return new Page<>(all.subList(begin, end), all.size() - begin, end < all.size() ? end : 0);
    }
}
