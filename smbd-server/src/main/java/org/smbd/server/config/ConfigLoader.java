package org.smbd.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.smbd.server.config.LoadedConfig.EffectiveSection;

/**
 * Text to records. A wrong value stops the start; a parameter that smbd lacks is a warning; one that would restrict
 * keeps its share closed, so that an imported configuration never serves more than Samba would.
 */
final class ConfigLoader {
    private final SmbConfReader reader;
    private final ServerVariables variables = ServerVariables.ofHost();
    private final List<ConfigWarning> warnings = new ArrayList<>();
    private final List<RefusedShare> refused = new ArrayList<>();
    private final List<ShareConfig> shares = new ArrayList<>();
    private final Map<String, Values> effective = new LinkedHashMap<>();

    private ConfigLoader(SmbConfReader reader) {
        this.reader = reader;
    }

    static LoadedConfig load(SmbConfReader reader) {
        return new ConfigLoader(reader).load();
    }

    private LoadedConfig load() {
        Section global = reader.global();
        Values values = new Values(global.settings(), variables);
        Names names = Names.from(values, variables);
        ServerVariables named = variables.withNetbiosName(names.netbiosName());
        values = new Values(global.settings(), named);
        effective.put("global", values);
        report(global.own());
        Security security = Security.from(values);
        Optional<Setting> closing = restriction(global.own(), Parameter.Scope.GLOBAL);
        Optional<String> unknownHost = security.hosts().unknownRestriction();
        String root = values.text("root directory", "");
        for (Section section : reader.shares()) {
            loadShare(
                    section,
                    new Values(section.settings(), named),
                    closing.or(() -> hostsSetting(global, unknownHost)),
                    root);
        }
        ServerConfig config = new ServerConfig(
                Names.from(values, variables),
                Listen.from(values),
                Protocol.from(values),
                security,
                Limits.from(values),
                Directories.from(values),
                Log.from(values),
                Net.from(values),
                shares,
                refused,
                ChangeNotify.from(values),
                Leases.from(values),
                values.bool("persistent handles", false),
                values.bool("smbd:FSCTL_SMBTORTURE", false));
        List<ConfigWarning> all = new ArrayList<>(reader.warnings());
        all.addAll(warnings);
        List<EffectiveSection> sections = new ArrayList<>();
        effective.forEach((section, asked) -> sections.add(new EffectiveSection(section, asked.asked())));
        return new LoadedConfig(config, all, sections);
    }

    private void loadShare(Section section, Values values, Optional<Setting> closing, String root) {
        report(section.own());
        // Also a share that is not served must be right: its values are read in any case.
        ShareConfig share = ShareConfig.from(section.name(), values);
        List<String> modules = share.modules().names();
        effective.put(section.name(), values);
        Optional<RefusedShare> refusal = closing.or(() -> restriction(section.settings(), Parameter.Scope.SHARE))
                .map(setting -> refusal(
                        section,
                        setting,
                        "\"" + setting.written() + " = " + setting.value() + "\" is not supported yet"))
                .or(() -> VfsObjects.restricting(modules)
                        .map(module -> refusal(
                                section,
                                section.settings().get("vfs objects"),
                                "the vfs module \"" + module + "\" is not supported")))
                .or(() -> unknownHost(section, share))
                .or(() -> unusablePath(section, share));
        if (refusal.isPresent()) {
            refused.add(refusal.get());
            return;
        }
        List<String> missed = VfsObjects.missed(modules);
        if (!missed.isEmpty()) {
            warnings.add(new ConfigWarning(
                    section.settings().get("vfs objects").origin(),
                    "share [" + section.name() + "]: what the vfs modules " + String.join(", ", missed)
                            + " do is not done yet"));
        }
        shares.add(root.isEmpty() ? share : share.withNameAndPath(share.name(), root + share.path()));
    }

    /** Warns once of each line that asks for something smbd does not have. */
    private void report(Map<String, Setting> settings) {
        for (Setting setting : settings.values()) {
            if (setting.name().indexOf(':') >= 0) {
                if (!VfsObjects.isOption(setting.name())) {
                    warnings.add(new ConfigWarning(
                            setting.origin(), "\"" + setting.written() + "\" is not supported and has no effect"));
                }
            } else if (!setting.name().equals("include")) {
                Parameter parameter = ParameterTable.INSTANCE.named(setting.name());
                if (parameter.treatment() == Parameter.Treatment.LATER && !isFine(parameter, setting)) {
                    warnings.add(new ConfigWarning(
                            setting.origin(),
                            "\"" + setting.written() + " = " + setting.value() + "\" is not supported yet"));
                }
            }
        }
    }

    /** The first setting that is to keep someone out, or something hidden, and does not here. */
    private static Optional<Setting> restriction(Map<String, Setting> settings, Parameter.Scope scope) {
        return settings.values().stream()
                .filter(setting -> {
                    if (setting.name().indexOf(':') >= 0) {
                        return setting.name().startsWith("vetofiles:") && scope == Parameter.Scope.SHARE;
                    }
                    if (setting.name().equals("include")) {
                        return true;
                    }
                    Parameter parameter = ParameterTable.INSTANCE.named(setting.name());
                    return parameter.treatment() == Parameter.Treatment.RESTRICTS
                            && parameter.scope() == scope
                            && !isFine(parameter, setting);
                })
                .findFirst();
    }

    private static boolean isFine(Parameter parameter, Setting setting) {
        String value = setting.value().toLowerCase(Locale.ROOT);
        String plain = switch (value) {
            case "false", "off" -> "no";
            case "true", "on" -> "yes";
            default -> value;
        };
        boolean isZero = value.equals("0") && parameter.fineValues().contains("no");
        boolean isOne = value.equals("1") && parameter.fineValues().contains("yes");
        return parameter.fineValues().contains(plain) || isZero || isOne;
    }

    private static Optional<RefusedShare> unknownHost(Section section, ShareConfig share) {
        Map<String, Setting> settings = section.settings();
        return share.access().hosts().unknownRestriction().map(host -> {
            Setting setting = settings.getOrDefault("hosts deny", settings.get("hosts allow"));
            return refusal(section, setting, "\"" + host + "\" is no address, and names of hosts are not looked up");
        });
    }

    /** The line of [global] whose unknown host closes every share, whatever lists of its own a share has. */
    private static Optional<Setting> hostsSetting(Section global, Optional<String> unknownHost) {
        Map<String, Setting> own = global.own();
        return unknownHost.map(host -> own.getOrDefault("hosts deny", own.get("hosts allow")));
    }

    private static Optional<RefusedShare> unusablePath(Section section, ShareConfig share) {
        if (share.path().isEmpty() && !share.isHomes()) {
            return Optional.of(new RefusedShare(section.name(), section.origin(), "it has no path"));
        }
        if (!share.path().isEmpty()
                && !share.path().startsWith("/")
                && !share.path().startsWith("%")) {
            throw section.settings().get("path").wrong("\"" + share.path() + "\" is not an absolute path");
        }
        return Optional.empty();
    }

    private static RefusedShare refusal(Section section, Setting setting, String reason) {
        return new RefusedShare(section.name(), setting.origin(), reason);
    }
}
