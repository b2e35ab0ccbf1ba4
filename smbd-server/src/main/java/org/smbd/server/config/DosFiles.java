package org.smbd.server.config;

import java.util.Map;
import org.smbd.vfs.DosOptions;
import org.smbd.vfs.ModeMapping;

/** The parameters of one share that are about what DOS knew of a file. */
final class DosFiles {
    private static final Map<String, ModeMapping.Readonly> READONLY = Map.of(
            "yes", ModeMapping.Readonly.OWNER,
            "true", ModeMapping.Readonly.OWNER,
            "1", ModeMapping.Readonly.OWNER,
            "no", ModeMapping.Readonly.NO,
            "false", ModeMapping.Readonly.NO,
            "0", ModeMapping.Readonly.NO,
            "permissions", ModeMapping.Readonly.USER);

    private DosFiles() {}

    static DosOptions from(Values values) {
        ModeMapping standard = ModeMapping.DEFAULT;
        return new DosOptions(
                new ModeMapping(
                        values.bool("map archive", standard.archive()),
                        values.bool("map system", standard.system()),
                        values.bool("map hidden", standard.hidden()),
                        values.choice("map readonly", standard.readonly(), READONLY)),
                values.bool("delete readonly", false),
                values.bool("dos filetime resolution", false));
    }
}
