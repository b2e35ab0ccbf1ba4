package org.smbd.vfs.name;

import java.util.function.Predicate;

/**
 * What the configuration of a share says of its names; names and meaning as in smb.conf.
 *
 * @param caseSensitive names that differ in case are different ones; {@code auto} is no for this protocol
 * @param preserveCase a new name stays as the client writes it, else it gets the default case
 * @param shortPreserveCase the same for a new name that fits 8.3
 * @param upperDefault the default case is upper case
 * @param mapPrivate the private area that macOS and Linux clients use stands for what Windows forbids
 * @param shortNames which files get a short name
 * @param characters characters that have another form for clients
 * @param veto names that are not there
 * @param hide names that get the hidden attribute
 * @param deleteVeto vetoed names go with their directory
 * @param hideSpecialFiles what is neither file nor directory is not listed
 * @param posixExtensions opens can have POSIX semantics
 */
public record NameOptions(
        boolean caseSensitive,
        boolean preserveCase,
        boolean shortPreserveCase,
        boolean upperDefault,
        boolean mapPrivate,
        ShortNames shortNames,
        CharacterMap characters,
        Predicate<String> veto,
        Predicate<String> hide,
        boolean deleteVeto,
        boolean hideSpecialFiles,
        boolean posixExtensions) {
    /** Samba's defaults. */
    public static final NameOptions DEFAULT = new NameOptions(
            false,
            true,
            true,
            false,
            true,
            ShortNames.DEFAULT,
            CharacterMap.NONE,
            name -> false,
            name -> false,
            false,
            false,
            true);
}
