package org.smbd.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.smbd.server.config.ServerConfig;
import org.smbd.server.config.ShareConfig;

class ShareLookupTest {
    private final Identities identities = new KnownIdentities();

    @Test
    void caseOfTheNameDoesNotMatter() {
        assertEquals("/srv", find("[Data]\npath = /srv\n", "DATA").path());
    }

    @Test
    void aUsersNameIsItsHomeWhereHomesIsServed() {
        ShareConfig share = find("[homes]\nread only = no\n", "bob");
        assertEquals("bob", share.name());
        assertEquals("/home/bob", share.path());
    }

    @Test
    void homesMeansTheHomeOfWhoAsks() {
        assertEquals("/home/alice", find("[homes]\n", "homes").path());
        assertEquals("alice", find("[homes]\n", "HOMES").name());
    }

    @Test
    void homesMayHaveAPathOfItsOwn() {
        assertEquals("/data/%S", find("[homes]\npath = /data/%S\n", "bob").path());
    }

    @Test
    void aShareGoesBeforeTheUserOfItsName() {
        assertEquals("/srv", find("[bob]\npath = /srv\n[homes]\n", "bob").path());
    }

    @Test
    void strangersHaveNoHome() {
        assertTrue(lookup("[homes]\n").find("stranger", "alice").isEmpty());
        assertTrue(lookup("[data]\npath = /srv\n").find("bob", "alice").isEmpty());
    }

    @Test
    void aShareThatIsRefusedIsNoHomeInstead() {
        assertTrue(lookup("[bob]\npath = /srv\nprintable = yes\n[homes]\n")
                .find("bob", "alice")
                .isEmpty());
    }

    private ShareConfig find(String smbConf, String name) {
        return lookup(smbConf).find(name, "alice").orElseThrow();
    }

    private ShareLookup lookup(String smbConf) {
        return new ShareLookup(ServerConfig.builder().text(smbConf).build(), identities);
    }
}
