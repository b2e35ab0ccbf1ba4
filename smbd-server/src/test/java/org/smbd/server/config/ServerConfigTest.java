package org.smbd.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smbd.auth.account.MapToGuest;
import org.smbd.vfs.DosOptions;
import org.smbd.vfs.ModeMapping;
import org.smbd.vfs.dir.NamePatterns;
import org.smbd.vfs.name.CharacterMap;
import org.smbd.vfs.name.NameOptions;
import org.smbd.vfs.name.ShortNames;

class ServerConfigTest {
    private static final String SHARE = "[data]\npath = /srv\n";

    @Test
    void defaultsAreThoseOfSamba() {
        ServerConfig config = ServerConfig.builder().text(SHARE).build();
        assertEquals(List.of(445), config.listen().tcpPorts());
        assertEquals(List.of(), config.listen().nbtPorts());
        assertEquals(new Protocol(ProtocolVersion.SMB2_02, ProtocolVersion.SMB3_11), config.protocol());
        Security security = config.security();
        assertEquals(SigningPolicy.IF_REQUIRED, security.signing());
        assertEquals(EncryptionPolicy.IF_REQUIRED, security.encryption());
        assertEquals(Security.ENCRYPTION_ALGORITHMS, security.encryptionAlgorithms());
        assertEquals(Security.SIGNING_ALGORITHMS, security.signingAlgorithms());
        assertEquals(MapToGuest.NEVER, security.mapToGuest());
        assertEquals("nobody", security.guestAccount());
        assertEquals(NtlmAuth.NTLMV2_ONLY, security.ntlm());
        assertEquals(0, security.restrictAnonymous());
        assertEquals("WORKGROUP", config.names().workgroup());
        assertEquals(new Log(Optional.empty(), 0, Map.of(), 5_000), config.log());
        assertEquals(Path.of("/var/lib/smbd/private"), config.directories().privateDirectory());

        ShareConfig share = config.share("DATA").orElseThrow();
        assertEquals(
                new ShareConfig(
                        "data",
                        "/srv",
                        "",
                        "",
                        "NTFS",
                        true,
                        true,
                        false,
                        new ShareConfig.Access(
                                true, false, false, List.of(), List.of(), List.of(), List.of(), HostAccess.ALL),
                        new ShareConfig.Identity(Optional.empty(), Optional.empty()),
                        new ShareConfig.Modes(0744, 0755, 0, 0, InheritOwner.NO),
                        new ShareConfig.Files(true, true, true, true, false),
                        EncryptionPolicy.IF_REQUIRED,
                        ShareModules.NONE,
                        NameOptions.DEFAULT,
                        new ShareAttributes(true, "user.DosStream.", true, true),
                        Locking.DEFAULT,
                        DosOptions.DEFAULT,
                        ShareConfig.Oplocks.ALL,
                        AclConfig.from(Values.none())),
                share);
    }

    @Test
    void theOptionsOfDescriptorsAreThoseOfSamba() {
        AclConfig plain = AclConfig.from(Values.none());
        assertEquals(
                new AclConfig(
                        List.of(),
                        true,
                        false,
                        "security.NTACL",
                        false,
                        DefaultAclStyle.POSIX,
                        false,
                        false,
                        true,
                        false,
                        true,
                        false,
                        false,
                        false),
                plain);
        AclConfig all = load("""
                [data]
                path = /srv
                vfs objects = acl_xattr
                acl_xattr:ignore system acls = yes
                acl_xattr:default acl style = windows
                acl_xattr:security_acl_name = user.hidden
                admin users = root @wheel
                nt acl support = no
                inherit permissions = yes
                acl map full control = no
                acl flag inherited canonicalization = no
                hide unreadable = yes
                hide unwriteable files = yes
                map acl inherit = yes
                """).config().shares().get(0).acls();
        assertEquals(
                new AclConfig(
                        List.of("root", "@wheel"),
                        false,
                        true,
                        "user.hidden",
                        true,
                        DefaultAclStyle.WINDOWS,
                        true,
                        true,
                        false,
                        true,
                        false,
                        true,
                        true,
                        true),
                all);
    }

    @Test
    void theOptionsOfTheRecycleBinAreThoseOfSamba() {
        ShareConfig share = load("""
                [data]
                path = /srv
                vfs objects = recycle
                recycle:repository = .bin/%U
                recycle : keeptree = yes
                recycle:directory_mode = 0770
                recycle:maxsize = 4G
                recycle:exclude = *.tmp, *.o
                """).config().shares().get(0);
        assertEquals(
                Optional.of(new RecycleConfig(
                        ".bin/%U",
                        0770,
                        0770,
                        true,
                        false,
                        false,
                        false,
                        0,
                        4L << 30,
                        List.of("*.tmp", "*.o"),
                        List.of(),
                        List.of())),
                share.modules().recycle());
    }

    @Test
    void everyHonouredParameterIsAskedForAndNoOther() {
        SmbConfReader reader = new SmbConfReader(ServerVariables.ofHost());
        reader.readText("(text)", Path.of(""), SHARE);
        Set<String> asked = new TreeSet<>();
        for (LoadedConfig.EffectiveSection section : ConfigLoader.load(reader).sections()) {
            section.parameters().forEach(parameter -> asked.add(parameter.name()));
        }

        Set<String> honoured = new TreeSet<>();
        for (Parameter parameter : ParameterTable.INSTANCE.all()) {
            if (parameter.treatment() == Parameter.Treatment.HONOURED) {
                honoured.add(parameter.name());
            }
        }
        assertEquals(honoured, asked);
    }

    @Test
    void everyParameterOfKsmbdIsKnown() {
        Set<String> unknown = new LinkedHashSet<>();
        for (String name : List.of(
                "bind interfaces only",
                "deadtime",
                "durable handles",
                "guest account",
                "interfaces",
                "ipc timeout",
                "kerberos keytab file",
                "kerberos service name",
                "map to guest",
                "max active sessions",
                "max connections",
                "max ip connections",
                "max open files",
                "netbios name",
                "restrict anonymous",
                "root directory",
                "server max protocol",
                "server min protocol",
                "server multi channel support",
                "server signing",
                "server string",
                "smb2 leases",
                "smb2 max credits",
                "smb2 max read",
                "smb2 max trans",
                "smb2 max write",
                "smb3 encryption",
                "smbd max io size",
                "tcp port",
                "workgroup",
                "browseable",
                "comment",
                "continuous availability",
                "create mask",
                "crossmnt",
                "directory mask",
                "follow symlinks",
                "force create mode",
                "force directory mode",
                "force group",
                "force user",
                "guest ok",
                "hide dot files",
                "hosts allow",
                "hosts deny",
                "inherit owner",
                "invalid users",
                "oplocks",
                "path",
                "read list",
                "read only",
                "store dos attributes",
                "valid users",
                "veto files",
                "vfs objects",
                "write list",
                "writeable")) {
            if (ParameterTable.INSTANCE.find(name).isEmpty()) {
                unknown.add(name);
            }
        }
        assertEquals(Set.of(), unknown);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            server smb transports = udp     | "udp" is neither tcp, nbt nor a port
            server smb transports = tcp:x   | "tcp:x" holds no port from 0 to 65535
            smb ports = 65536               | "65536" holds no port from 0 to 65535
            smb ports = 0x10                | "0x10" is neither tcp, nbt nor a port
            server max protocol = SMB4      | "SMB4" is none of
            server min protocol = 2.1       | "2.1" is none of
            server min protocol = SMB3_11\\nserver max protocol=SMB2 | the oldest protocol SMB3_11 is newer than the newest, SMB2_10
            server signing = foo            | "foo" is none of
            server smb encrypt = maybe      | "maybe" is none of
            server smb3 encryption algorithms = AES-512 | "AES-512" is none of
            server smb3 signing algorithms = -AES-128-GMAC, -AES-128-CMAC, -HMAC-SHA256 | no algorithm is left
            map to guest = always           | "always" is none of
            ntlm auth = lm                  | "lm" is none of
            restrict anonymous = 3          | 3 is not between 0 and 2
            netbios name = SIXTEENLETTERSXX | netbios name "SIXTEENLETTERSXX" has not 1 to 15 characters
            private dir = relative/dir      | "relative/dir" is not an absolute path
            log level = loud                | "loud" is not a level from 0 to 10
            log level = 1 nonsense:3        | "nonsense" is no debug class
            log file = smbd.log             | "smbd.log" is not an absolute path
            max log size = big              | "big" is not a number
            max open files = 1              | 1 is not between 16 and 1000000
            deadtime = -1                   | -1 is not between 0 and 10000000
            smb2 max read = 8Mx             | "8Mx" is not a size, such as 8388608 or 8M
            smb2 max read = 9999999999999T  | "9999999999999T" is not a size, such as 8388608 or 8M
            smb2 max write = 16M            | 16M is not between 65536 and 8388608
            smb2 max trans =                | "" is not a size, such as 8388608 or 8M
            request threads = many          | "many" is not a number
            bind interfaces only = perhaps  | "perhaps" is neither yes nor no
            """)
    void aWrongGlobalValueStopsTheStart(String lines, String problem) {
        String text = lines.replace("\\n", "\n");
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> ServerConfig.builder().text("[global]\n" + text + "\n").build());
        String key = text.substring(0, text.indexOf('=')).strip();
        assertTrue(e.getMessage().startsWith("(text):2: " + key + ": " + problem), e.getMessage());
        assertEquals(key, e.key());
        assertEquals(2, e.origin().line());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            read only = maybe       | "maybe" is neither yes nor no
            writeable = y           | "y" is neither yes nor no
            guest ok = 2            | "2" is neither yes nor no
            create mask = 0788      | "0788" is not a mode in octal, such as 0755
            force create mode = rwx | "rwx" is not a mode in octal, such as 0755
            inherit owner = windows | "windows" is none of
            smb encrypt = maybe     | "maybe" is none of
            path = relative         | "relative" is not an absolute path
            """)
    void aWrongShareValueStopsTheStartEvenOfAShareThatIsNotServed(String line, String problem) {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> ServerConfig.builder()
                        .text("[data]\npath = /srv\n" + line + "\n")
                        .build());
        String key = line.substring(0, line.indexOf('=')).strip();
        assertTrue(e.getMessage().startsWith("(text):3: " + key + ": " + problem), e.getMessage());
    }

    @Test
    void aWrongValueInGlobalIsFoundThroughTheShareThatInheritsIt() {
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> ServerConfig.builder()
                        .text("[global]\ncreate mask = 9\n" + SHARE)
                        .build());
        assertEquals("(text):2: create mask: \"9\" is not a mode in octal, such as 0755", e.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "hide new files timeout = 5",
                "max connections = 3",
                "root preexec = /bin/x",
                "preexec = /bin/x",
                "exec = /bin/x",
                "preexec close = yes",
                "root preexec close = yes",
                "dont descend = /proc",
                "printable = yes",
                "print ok = yes",
                "msdfs proxy = \\\\other\\share",
                "server addresses = 10.0.0.1",
                "-valid = no",
                "only user = yes",
                "acl check permissions = no",
                "vfs objects = worm",
                "vfs objects = streams_xattr read_only",
                "vfs objects = no_such_module",
                "vfs objects = ceph",
                "hosts deny = badhost.example.org",
                "hosts allow = ALL EXCEPT badhost",
                "hosts deny = @netgroup",
                "include = /etc/smb.conf.%m",
                "vetofiles:staff = /x/"
            })
    void aShareThatIsRestrictedInAWayThatIsMissingIsNotServed(String line) {
        LoadedConfig loaded = load("[data]\npath = /srv\n" + line + "\n[other]\npath = /other\n");
        RefusedShare refusal = loaded.config().refusal("DATA").orElseThrow();
        assertEquals("(text):3", refusal.origin().toString(), refusal.toString());
        assertTrue(loaded.config().share("data").isEmpty());
        assertTrue(loaded.config().share("other").isPresent());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "veto files =",
                "hide unreadable = no",
                "hide unwriteable files = False",
                "hide special files = 0",
                "max connections = 0",
                "root preexec =",
                "printable = off",
                "-valid = yes",
                "-valid = 1",
                "vfs objects =",
                "vfs objects = streams_xattr, xattr_tdb",
                "hosts allow = goodhost.example.org"
            })
    void aRestrictionThatIsOffRestrictsNothing(String line) {
        assertTrue(load("[data]\npath = /srv\n" + line + "\n")
                .config()
                .share("data")
                .isPresent());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "hide new files timeout = 5",
                "config file = /etc/other.conf",
                "include = /etc/smb.conf.%I",
                "hosts deny = badhost",
                "root preexec = /bin/x"
            })
    void aRestrictionInGlobalClosesEveryShareAfterIt(String line) {
        LoadedConfig loaded = load("[global]\n" + line + "\n[data]\npath = /srv\n");
        assertEquals(
                "(text):2",
                loaded.config().refusal("data").orElseThrow().origin().toString());
    }

    @Test
    void anUnknownHostInGlobalClosesSharesWithListsOfTheirOwn() {
        LoadedConfig loaded = load("[global]\nhosts deny = badhost\n[data]\npath = /srv\nhosts deny = 10.\n");
        assertTrue(loaded.config().share("data").isEmpty());
    }

    @Test
    void aRestrictionIsCopiedWithTheShare() {
        LoadedConfig loaded = load("[a]\npath = /a\nhide new files timeout = /x/\n[b]\ncopy = a\n");
        assertEquals(
                "(text):3", loaded.config().refusal("b").orElseThrow().origin().toString());
    }

    @Test
    void aShareWithoutPathIsNotServed() {
        RefusedShare refusal =
                load("[data]\ncomment = x\n").config().refusal("data").orElseThrow();
        assertEquals("(text):1: share [data] is not served: it has no path", refusal.toString());
    }

    @Test
    void homesNeedsNoPathAndIsNoShareOfItsName() {
        ServerConfig config = load("[homes]\nread only = no\n").config();
        assertTrue(config.share("homes").isEmpty());
        assertEquals("", config.homes().orElseThrow().path());
    }

    @Test
    void whatIsMissingIsNamedOnceAndWhatConcernsNoFileServerIsNot() {
        LoadedConfig loaded = load("""
                [global]
                load printers = no
                server role = standalone server
                ncalrpc dir = /x
                idmap config * : backend = tdb
                lanman auth = yes
                wins support = yes
                clustering = yes
                foo:bar = baz
                security = user
                [a]
                path = /a
                fake oplocks = yes
                vfs objects = acl_xattr streams_xattr
                acl_xattr:ignore system acls = yes
                [b]
                path = /b
                wide links = no
                """);
        assertEquals(
                List.of(
                        "(text):6: \"lanman auth = yes\" is not supported yet",
                        "(text):8: \"clustering = yes\" is not supported yet",
                        "(text):9: \"foo:bar\" is not supported and has no effect",
                        "(text):13: \"fake oplocks = yes\" is not supported yet"),
                loaded.warnings().stream().map(ConfigWarning::toString).toList());
    }

    @Test
    void theProgramIsToldOfAnUnknownParameter() {
        ServerConfigBuilder builder = ServerConfig.builder().set("no such thing", "x");
        assertThrows(ConfigException.class, builder::build);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            smb ports = 0                            | [0]          | []
            smb ports = 445 139                      | [445]        | [139]
            server smb transports = tcp:4450, nbt:1139 | [4450]     | [1139]
            server smb transports = tcp, tcp:1445    | [445, 1445]  | []
            server smb transports = nbt              | []           | [139]
            server smb transports = +tcp:1445        | [445, 1445]  | []
            tcp port = 4450                          | [4450]       | []
            smb ports = 445 139\\ndisable netbios = yes | [445]      | []
            """)
    void portsAreThoseOfTheTransports(String line, String tcp, String nbt) {
        Listen listen =
                load("[global]\n" + line.replace("\\n", "\n") + "\n").config().listen();
        assertEquals(tcp, listen.tcpPorts().toString());
        assertEquals(nbt, listen.nbtPorts().toString());
    }

    @Test
    void interfacesBindOnlyWhereAsked() throws Exception {
        Listen all = load("[global]\ninterfaces = 127.0.0.1/8\n").config().listen();
        assertTrue(all.addresses().get(0).isAnyLocalAddress());
        Listen loopback = load("[global]\ninterfaces = 127.0.0.1/8\nbind interfaces only = yes\n")
                .config()
                .listen();
        assertEquals(List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), loopback.addresses());
        Listen named = load("[global]\ninterfaces = lo*\nbind interfaces only = yes\n")
                .config()
                .listen();
        assertTrue(named.addresses().contains(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
        Listen none = load("[global]\ninterfaces = nosuch9\nbind interfaces only = yes\n")
                .config()
                .listen();
        assertThrows(IllegalArgumentException.class, none::addresses);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            AES-256-GCM, AES-128-CCM   | [AES-256-GCM, AES-128-CCM]
            aes-256-gcm                | [AES-256-GCM]
            -AES-128-CCM, -AES-256-CCM | [AES-128-GCM, AES-256-GCM]
            """)
    void algorithmsAreListedOrTakenFromTheDefault(String value, String order) {
        ServerConfig config = ServerConfig.builder()
                .set("server smb3 encryption algorithms", value)
                .build();
        assertEquals(order, config.security().encryptionAlgorithms().toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "default, IF_REQUIRED", "auto, IF_REQUIRED", "enabled, IF_REQUIRED", "desired, DESIRED", "mandatory, REQUIRED",
        "required, REQUIRED", "FORCED, REQUIRED", "off, OFF", "no, OFF", "disabled, OFF"
    })
    void encryptionTakesSambasWords(String word, EncryptionPolicy policy) {
        assertEquals(
                policy,
                ServerConfig.builder()
                        .set("smb encrypt", word)
                        .build()
                        .security()
                        .encryption());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "default, IF_REQUIRED",
        "auto, IF_REQUIRED",
        "mandatory, REQUIRED",
        "required, REQUIRED",
        "disabled, OFF",
        "no, OFF",
        "yes, IF_REQUIRED"
    })
    void signingTakesSambasWords(String word, SigningPolicy policy) {
        assertEquals(
                policy,
                ServerConfig.builder()
                        .set("server signing", word)
                        .build()
                        .security()
                        .signing());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SMB3, SMB3_11",
        "SMB2, SMB2_10",
        "smb2_02, SMB2_02",
        "SMB3_00, SMB3_00",
        "SMB3_02, SMB3_02",
        "NT1, SMB1",
        "LANMAN1, SMB1",
        "default, SMB2_02",
        "SMB3.11, SMB3_11"
    })
    void protocolsTakeSambasWords(String word, ProtocolVersion version) {
        assertEquals(
                version,
                ServerConfig.builder()
                        .set("server min protocol", word)
                        .build()
                        .protocol()
                        .min());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "disabled, DISABLED",
        "no, NTLMV2_ONLY",
        "ntlmv2-only, NTLMV2_ONLY",
        "yes, NTLMV1_PERMITTED",
        "ntlmv1-permitted, NTLMV1_PERMITTED"
    })
    void ntlmTakesSambasWords(String word, NtlmAuth policy) {
        assertEquals(
                policy,
                ServerConfig.builder().set("ntlm auth", word).build().security().ntlm());
    }

    @Test
    void everyShareParameterArrives() {
        ShareConfig share = load("""
                [global]
                guest account = guesty
                map to guest = Bad Password
                [data]
                path = /srv/%U
                comment = "quoted text"
                volume = VOL
                fstype = FAT
                available = no
                browseable = no
                access based share enum = yes
                read only = no
                guest ok = yes
                guest only = yes
                valid users = "a b", c;d e\tf
                invalid users = g
                read list = @h
                write list = +i
                hosts allow = 10.
                hosts deny = ALL
                force user = j
                force group = +k
                create mask = 0600
                directory mask = 700
                force create mode = 0010
                force directory mode = 0020
                inherit owner = unix only
                follow symlinks = no
                store dos attributes = no
                hide dot files = no
                server smb encrypt = required
                case sensitive = yes
                preserve case = no
                short preserve case = no
                default case = upper
                mangled names = yes
                mangle prefix = 4
                mangling method = hash
                veto files = /*.exe/.DS_Store/
                hide files = /desktop.ini/
                delete veto files = yes
                hide special files = yes
                vfs objects = catia fruit
                catia:mappings = 0x22:0xa8,0x2a:0xa4
                fruit:encoding = private
                smb3 unix extensions = no
                strict locking = no
                posix locking = yes
                map archive = no
                map system = yes
                map hidden = yes
                map readonly = permissions
                delete readonly = yes
                dos filetime resolution = yes
                oplocks = no
                level2 oplocks = no
                """).config().shares().get(0);
        NameOptions names = new NameOptions(
                true,
                false,
                false,
                true,
                false,
                new ShortNames(ShortNames.Kind.ALL, 4, ShortNames.Method.HASH),
                CharacterMap.parse("0x22:0xa8,0x2a:0xa4"),
                NamePatterns.of("/*.exe/.DS_Store/"),
                NamePatterns.of("/desktop.ini/"),
                true,
                true,
                false);
        assertEquals(
                new ShareConfig(
                        "data",
                        "/srv/%U",
                        "quoted text",
                        "VOL",
                        "FAT",
                        false,
                        false,
                        true,
                        new ShareConfig.Access(
                                false,
                                true,
                                true,
                                List.of("a b", "c", "d", "e", "f"),
                                List.of("g"),
                                List.of("@h"),
                                List.of("+i"),
                                new HostAccess(new HostList(List.of("10.")), new HostList(List.of("ALL")))),
                        new ShareConfig.Identity(Optional.of("j"), Optional.of("+k")),
                        new ShareConfig.Modes(0600, 0700, 0010, 0020, InheritOwner.UNIX_ONLY),
                        new ShareConfig.Files(false, false, false, true, false),
                        EncryptionPolicy.REQUIRED,
                        new ShareModules(List.of("catia", "fruit"), Optional.empty(), Optional.empty()),
                        names,
                        new ShareAttributes(true, "user.DosStream.", true, true),
                        new Locking(true, false, true),
                        new DosOptions(new ModeMapping(false, true, true, ModeMapping.Readonly.USER), true, true),
                        new ShareConfig.Oplocks(false, false, true, false),
                        AclConfig.from(Values.none())),
                share);
    }

    @Test
    void everyGlobalParameterArrives() {
        ServerConfig config = load("""
                [global]
                netbios name = files
                workgroup = home
                server string = %v on %h as %L
                server signing = mandatory
                map to guest = Bad User
                guest account = guesty
                restrict anonymous = 1
                private dir = /p
                state directory = /s
                lock directory = /l
                cache directory = /c
                pid directory = /i
                log file = /var/log/log.%m
                log level = 3 auth:5 smb2:10
                max log size = 20000
                event loop threads = 1
                request threads = 2
                authentication threads = 3
                root directory = /jail
                [data]
                path = /srv
                """).config();
        assertEquals("FILES", config.names().netbiosName());
        assertEquals("HOME", config.names().workgroup());
        assertTrue(config.names().serverString().endsWith(" as FILES"));
        assertEquals(SigningPolicy.REQUIRED, config.security().signing());
        assertEquals(MapToGuest.BAD_USER, config.security().mapToGuest());
        assertEquals("guesty", config.security().guestAccount());
        assertEquals(1, config.security().restrictAnonymous());
        assertEquals(
                new Directories(Path.of("/p"), Path.of("/s"), Path.of("/l"), Path.of("/c"), Path.of("/i")),
                config.directories());
        assertEquals(
                new Log(Optional.of(Path.of("/var/log/log.smbd")), 3, Map.of("auth", 5, "smb2", 10), 20_000),
                config.log());
        assertEquals(new Net(1, 2, 3, true), config.net());
        assertEquals("/jail/srv", config.shares().get(0).path());
    }

    @Test
    void theConfigurationSambaWasMeasuredWithLoads(@TempDir Path directory) throws IOException {
        String text = Files.readString(Path.of("..", "scripts", "conformance", "smb.conf.in"));
        Path file = directory.resolve("smb.conf");
        Files.writeString(file, text.replace("@ROOT@", directory.toString()).replace("@PORT@", "4450"));

        ServerConfig config = ServerConfig.load(file).config();

        assertEquals(List.of(4450), config.listen().tcpPorts());
        assertEquals(new Protocol(ProtocolVersion.SMB1, ProtocolVersion.SMB3_11), config.protocol());
        assertEquals(
                List.of("dynamic_share"),
                config.refusedShares().stream().map(RefusedShare::name).toList());
        assertEquals(
                EncryptionPolicy.REQUIRED, config.share("tmpenc").orElseThrow().encryption());
        assertEquals(
                directory + "/shares/test",
                config.share("posix_locks").orElseThrow().path());
        assertTrue(config.share("dosmode").orElseThrow().files().hideDotFiles());
    }

    private static LoadedConfig load(String text) {
        SmbConfReader reader = new SmbConfReader(new ServerVariables("host.example", "HOST", "1"));
        reader.readText("(text)", Path.of("/etc"), text);
        return ConfigLoader.load(reader);
    }
}
