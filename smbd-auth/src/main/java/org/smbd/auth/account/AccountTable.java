package org.smbd.auth.account;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.smbd.core.type.Sid;

/**
 * The content of the account file. Immutable.
 *
 * <pre>
 * smbd-accounts 1 S-1-5-21-1-2-3 1002          version, machine SID, next RID
 * alice:1000:8846f7eaee8fb117ad06bdd830b7586c:N:1764000000
 * bob:1001:...:D:1764000001                    D disabled, N password never expires
 * </pre>
 *
 * @param machineSid S-1-5-21-a-b-c
 * @param nextRid of the next account; RIDs are never given twice
 * @param byKey accounts by {@link AccountNames#key}
 */
record AccountTable(Sid machineSid, int nextRid, Map<String, Account> byKey) {
    /** The first RID that is not built in. MS-DTYP 2.4.2.4. */
    static final int FIRST_RID = 1000;

    private static final String MAGIC = "smbd-accounts";
    private static final int VERSION = 1;
    private static final int FIELDS = 5;
    private static final String DISABLED = "D";
    private static final String NEVER_EXPIRES = "N";

    AccountTable {
        byKey = Collections.unmodifiableMap(new TreeMap<>(byKey));
    }

    Optional<Account> find(String name) {
        return Optional.ofNullable(byKey.get(AccountNames.key(name)));
    }

    Collection<Account> accounts() {
        return byKey.values();
    }

    AccountTable with(Account account) {
        Map<String, Account> changed = new TreeMap<>(byKey);
        changed.put(AccountNames.key(account.name()), account);
        return new AccountTable(machineSid, Math.max(nextRid, account.rid() + 1), changed);
    }

    AccountTable without(String name) {
        Map<String, Account> changed = new TreeMap<>(byKey);
        changed.remove(AccountNames.key(name));
        return new AccountTable(machineSid, nextRid, changed);
    }

    String format() {
        StringBuilder text = new StringBuilder();
        text.append(MAGIC).append(' ').append(VERSION).append(' ').append(machineSid);
        text.append(' ').append(nextRid).append('\n');
        for (Account account : byKey.values()) {
            text.append(account.name()).append(':').append(account.rid()).append(':');
            text.append(HexFormat.of().formatHex(account.ntHash())).append(':');
            text.append(account.disabled() ? DISABLED : "").append(account.passwordNeverExpires() ? NEVER_EXPIRES : "");
            text.append(':').append(account.passwordLastSet().getEpochSecond()).append('\n');
        }
        return text.toString();
    }

    /**
     * Reads what {@link #format} writes.
     *
     * @param file for messages
     */
    static AccountTable parse(String file, List<String> lines) throws AccountFileException {
        if (lines.isEmpty()) {
            throw new AccountFileException(file + " is empty: it should start with " + MAGIC);
        }
        AccountTable table = parseHeader(file, lines.get(0));
        Map<String, Account> byKey = new TreeMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Account account = parseAccount(file + ":" + (i + 1), line);
            if (byKey.put(AccountNames.key(account.name()), account) != null) {
                throw new AccountFileException(file + ":" + (i + 1) + ": a second account of this name");
            }
        }
        int nextRid = byKey.values().stream().mapToInt(Account::rid).reduce(table.nextRid - 1, Math::max) + 1;
        return new AccountTable(table.machineSid, nextRid, byKey);
    }

    private static AccountTable parseHeader(String file, String line) throws AccountFileException {
        String[] words = line.split(" ", -1);
        if (words.length < 2 || !words[0].equals(MAGIC)) {
            throw new AccountFileException(file + ":1: not an account file of smbd");
        }
        if (!words[1].equals(Integer.toString(VERSION))) {
            throw new AccountFileException(file + ":1: format version " + words[1]
                    + " is not known to this version of smbd, which reads " + VERSION);
        }
        try {
            Sid sid = Sid.parse(words[2]);
            return new AccountTable(sid, Integer.parseInt(words[3]), Map.of());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new AccountFileException(file + ":1: machine SID or next RID is damaged");
        }
    }

    /** Messages do not repeat the line: it holds a hash. */
    private static Account parseAccount(String place, String line) throws AccountFileException {
        List<String> fields = new ArrayList<>(List.of(line.split(":", -1)));
        if (fields.size() != FIELDS) {
            throw new AccountFileException(place + ": " + fields.size() + " fields instead of " + FIELDS);
        }
        String what = "account name";
        try {
            String name = AccountNames.check(fields.get(0));
            what = "RID";
            int rid = Integer.parseInt(fields.get(1));
            what = "hash";
            byte[] hash = HexFormat.of().parseHex(fields.get(2));
            if (hash.length != NtHash.BYTES || rid <= 0 || rid == Integer.MAX_VALUE) {
                throw new AccountFileException(place + ": a RID or hash of the wrong size");
            }
            what = "time";
            Instant lastSet = Instant.ofEpochSecond(Long.parseLong(fields.get(4)));
            String flags = fields.get(3);
            if (!flags.replace(DISABLED, "").replace(NEVER_EXPIRES, "").isEmpty()) {
                throw new AccountFileException(place + ": an unknown flag");
            }
            return new Account(name, rid, hash, flags.contains(DISABLED), flags.contains(NEVER_EXPIRES), lastSet);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new AccountFileException(place + ": the " + what + " is damaged");
        }
    }
}
