package org.smbd.server.smb1;

import java.util.List;
import org.smbd.core.file.ExtendedAttribute;
import org.smbd.core.status.NtStatus;
import org.smbd.core.status.SmbException;
import org.smbd.server.session.OpenResource;

/** The extended attributes that a client asks for. */
final class EaSelection {
    private EaSelection() {}

    /** All of a file; none where there are none ever. */
    static List<ExtendedAttribute> all(OpenResource.File file) {
        try {
            return file.files().queryExtendedAttributes(file.open());
        } catch (SmbException refused) {
            if (refused.status() == NtStatus.EAS_NOT_SUPPORTED) {
                return List.of();
            }
            throw refused;
        }
    }

    /** Those of some names, in the order of the names; one that a file does not have has an empty value. */
    static List<ExtendedAttribute> of(List<String> names, List<ExtendedAttribute> all) {
        return names.stream()
                .map(name -> all.stream()
                        .filter(attribute -> attribute.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseGet(() -> new ExtendedAttribute(0, name, new byte[0])))
                .toList();
    }
}
