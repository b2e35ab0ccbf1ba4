package org.smbd.vfs.stream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.smbd.core.status.NtStatus;
import org.smbd.vfs.ea.PrivateAttributes;
import org.smbd.vfs.store.ExtendedAttributes;

/** From the name of a stream to the name of the extended attribute that keeps it, and back. */
final class StreamAttributeNames {
    private static final String TYPE = ":$DATA";

    private final StreamOptions options;
    /** What the further parts begin with of a stream that a newer Samba has spread over several attributes. */
    private final String extentPrefix;

    StreamAttributeNames(StreamOptions options) {
        this.options = options;
        String prefix = options.prefix();
        this.extentPrefix = prefix.endsWith(".") ? prefix.substring(0, prefix.length() - 1) + "Ext." : prefix + "Ext";
    }

    /** The attribute of a stream; OBJECT_NAME_INVALID if the host takes no name as long as that. */
    String attribute(String stream) {
        return checked(options.prefix() + stream + suffix());
    }

    /** The attribute with the part {@code number} of a stream, from 1 on. */
    String extent(int number, String stream) {
        return checked(extentPrefix + number + "." + stream + suffix());
    }

    private String suffix() {
        return options.storeStreamType() ? TYPE : "";
    }

    private static String checked(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > ExtendedAttributes.NAME_BYTES_MAX) {
            throw NtStatus.OBJECT_NAME_INVALID.exception();
        }
        return name;
    }

    /** The stream that an attribute keeps; empty if it keeps none. */
    Optional<String> stream(String attribute) {
        boolean ours = attribute.startsWith(options.prefix())
                && attribute.endsWith(suffix())
                && !attribute.startsWith(extentPrefix)
                && (attribute.startsWith(StreamOptions.PREFIX) || !PrivateAttributes.isOwn(attribute));
        if (!ours || attribute.length() <= options.prefix().length() + suffix().length()) {
            return Optional.empty();
        }
        String name = attribute.substring(options.prefix().length(), attribute.length() - suffix().length());
        return Optional.of(name).filter(StreamPath::isValidName);
    }
}
