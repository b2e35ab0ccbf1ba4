package org.smbd.vfs.stream;

import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.Outcome;

/**
 * A client's path, with the stream taken off its last name. MS-FSCC 2.1.5 Pathname.
 *
 * @param filePath the path of the file alone
 * @param stream the name of the stream; "" is the default one
 * @param type what the path says about the type of the stream
 */
public record StreamPath(String filePath, String stream, Type type) {
    /** Longest name of a stream in UTF-16 units. MS-FSCC 2.1.5.3 Streamname. */
    public static final int NAME_LENGTH_MAX = 255;

    private static final String DATA = "$DATA";
    private static final String INDEX_ALLOCATION = "$INDEX_ALLOCATION";
    /** The one name that an index of a directory has. */
    private static final String DIRECTORY_INDEX = "$I30";

    /** MS-FSCC 2.1.5.4 Streamtype. */
    public enum Type {
        /** The path names a file, or a directory, and no stream. */
        NONE,
        DATA,
        /** It must be a directory. */
        INDEX_ALLOCATION
    }

    /** Whether a stream other than the default one is meant. */
    public boolean isNamed() {
        return !stream.isEmpty();
    }

    /**
     * Takes a path apart; what stands before the stream is not looked at.
     *
     * @return OBJECT_NAME_INVALID for a stream that cannot be
     */
    public static Outcome<StreamPath> parse(String path) {
        int begin = path.indexOf(':', path.lastIndexOf('\\') + 1);
        if (begin < 0) {
            return new Outcome.Done<>(new StreamPath(path, "", Type.NONE));
        }
        return parse(path.substring(0, begin), path.substring(begin + 1));
    }

    /** As above, for {@code name} or {@code name:type} behind the first colon. */
    private static Outcome<StreamPath> parse(String filePath, String rest) {
        int colon = rest.indexOf(':');
        String name = colon < 0 ? rest : rest.substring(0, colon);
        String typeName = colon < 0 ? DATA : rest.substring(colon + 1);
        Optional<Type> type = type(name, typeName);
        boolean nothing = colon < 0 && name.isEmpty();
        if (type.isEmpty() || nothing || !isValidName(name)) {
            return new Outcome.Fail<>(NtStatus.OBJECT_NAME_INVALID);
        }
        String stream = type.get() == Type.DATA ? name : "";
        return new Outcome.Done<>(new StreamPath(filePath, stream, type.get()));
    }

    private static Optional<Type> type(String name, String typeName) {
        if (typeName.equalsIgnoreCase(DATA)) {
            return Optional.of(Type.DATA);
        }
        boolean index = name.isEmpty() || name.equalsIgnoreCase(DIRECTORY_INDEX);
        return index && typeName.equalsIgnoreCase(INDEX_ALLOCATION)
                ? Optional.of(Type.INDEX_ALLOCATION)
                : Optional.empty();
    }

    /** Control characters and wildcards may be in the name of a stream; what parts a path may not. */
    static boolean isValidName(String name) {
        if (name.length() > NAME_LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char unit = name.charAt(i);
            if (unit == 0 || unit == '\\' || unit == '/' || unit == ':') {
                return false;
            }
            if (Character.isHighSurrogate(unit)
                    && i + 1 < name.length()
                    && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The new name of a stream that is renamed: MS-FSA 2.1.5.15.12.1 Algorithm for Performing Stream Rename.
     *
     * @param newStreamName begins with a colon
     * @return "" for the default stream; INVALID_PARAMETER, or OBJECT_TYPE_MISMATCH for another type than $DATA
     */
    public static Outcome<String> parseNewName(String newStreamName) {
        String rest = newStreamName.substring(1);
        int colon = rest.indexOf(':');
        String name = colon < 0 ? rest : rest.substring(0, colon);
        String typeName = colon < 0 ? DATA : rest.substring(colon + 1);
        boolean nothing = name.isEmpty() && colon < 0;
        if (nothing || newStreamName.endsWith(":") || typeName.indexOf(':') >= 0 || !isValidName(name)) {
            return new Outcome.Fail<>(NtStatus.INVALID_PARAMETER);
        }
        return typeName.equalsIgnoreCase(DATA)
                ? new Outcome.Done<>(name)
                : new Outcome.Fail<>(NtStatus.OBJECT_TYPE_MISMATCH);
    }
}
