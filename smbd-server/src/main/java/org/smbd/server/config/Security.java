package org.smbd.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.smbd.auth.account.MapToGuest;
import org.smbd.protocol.crypto.CryptoProvider;

/**
 * Who is believed, and how traffic is protected.
 *
 * @param signing whether signing is demanded
 * @param encryption what holds for every session; shares may ask for more
 * @param encryptionAlgorithms the ciphers offered, best first, as MS-SMB2 2.2.3.1.2 names them with hyphens
 * @param signingAlgorithms the signing algorithms offered, best first (MS-SMB2 2.2.3.1.7)
 * @param crypto who computes AES-GCM and AES-GMAC
 * @param mapToGuest which failed log-ins become guests
 * @param guestAccount the Unix user that guests act as
 * @param ntlm which NTLM answers count
 * @param restrictAnonymous 0: null sessions see the list of shares; 1: they do not see accounts; 2: they see nothing
 * @param hosts who may connect at all, whatever a share says
 * @param administrators who may change the server: users and groups, as a list of a share has them
 */
public record Security(
        SigningPolicy signing,
        EncryptionPolicy encryption,
        List<String> encryptionAlgorithms,
        List<String> signingAlgorithms,
        CryptoProvider.Choice crypto,
        MapToGuest mapToGuest,
        String guestAccount,
        NtlmAuth ntlm,
        int restrictAnonymous,
        HostAccess hosts,
        List<String> administrators) {
    /** Every cipher, in Samba's order. */
    public static final List<String> ENCRYPTION_ALGORITHMS =
            List.of("AES-128-GCM", "AES-128-CCM", "AES-256-GCM", "AES-256-CCM");

    /** Every signing algorithm, in Samba's order. */
    public static final List<String> SIGNING_ALGORITHMS = List.of("AES-128-GMAC", "AES-128-CMAC", "HMAC-SHA256");

    private static final Map<String, CryptoProvider.Choice> CRYPTO_WORDS = Map.of(
            "auto", CryptoProvider.Choice.AUTO,
            "jdk", CryptoProvider.Choice.JDK,
            "conscrypt", CryptoProvider.Choice.CONSCRYPT);

    private static final Map<String, MapToGuest> MAP_TO_GUEST_WORDS = mapToGuestWords();

    public Security {
        encryptionAlgorithms = List.copyOf(encryptionAlgorithms);
        signingAlgorithms = List.copyOf(signingAlgorithms);
        administrators = List.copyOf(administrators);
    }

    static Security from(Values values) {
        return new Security(
                values.choice("server signing", SigningPolicy.IF_REQUIRED, SigningPolicy.WORDS),
                values.choice("server smb encrypt", EncryptionPolicy.IF_REQUIRED, EncryptionPolicy.WORDS),
                algorithms(values, "server smb3 encryption algorithms", ENCRYPTION_ALGORITHMS),
                algorithms(values, "server smb3 signing algorithms", SIGNING_ALGORITHMS),
                values.choice("crypto provider", CryptoProvider.Choice.AUTO, CRYPTO_WORDS),
                values.choice("map to guest", MapToGuest.NEVER, MAP_TO_GUEST_WORDS),
                values.text("guest account", "nobody"),
                values.choice("ntlm auth", NtlmAuth.NTLMV2_ONLY, NtlmAuth.WORDS),
                values.integer("restrict anonymous", 0, 0, 2),
                HostAccess.from(values),
                values.list("admin users", List.of()));
    }

    private static Map<String, MapToGuest> mapToGuestWords() {
        Map<String, MapToGuest> words = new LinkedHashMap<>(); // the first word of a value is the one that is shown
        words.put("never", MapToGuest.NEVER);
        words.put("bad user", MapToGuest.BAD_USER);
        words.put("bad password", MapToGuest.BAD_PASSWORD);
        // Of domain members: a user of the domain whom this machine does not know. None exists here.
        words.put("bad uid", MapToGuest.NEVER);
        return words;
    }

    /** A list replaces the default; one whose members begin with + or - changes it. */
    private static List<String> algorithms(Values values, String name, List<String> all) {
        List<String> written = values.list(name, all);
        boolean changes = !written.isEmpty() && "+-".indexOf(written.get(0).charAt(0)) >= 0;
        List<String> chosen = new ArrayList<>(changes ? all : List.of());
        for (String word : written) {
            char sign = word.charAt(0);
            boolean signed = sign == '+' || sign == '-';
            String algorithm = (signed ? word.substring(1) : word).toUpperCase(Locale.ROOT);
            if (signed != changes || !all.contains(algorithm)) {
                throw values.wrong(name, "\"" + word + "\" is none of " + String.join(", ", all));
            }
            chosen.remove(algorithm);
            if (sign != '-') {
                chosen.add(algorithm);
            }
        }
        if (chosen.isEmpty()) {
            throw values.wrong(name, "no algorithm is left");
        }
        return chosen;
    }
}
