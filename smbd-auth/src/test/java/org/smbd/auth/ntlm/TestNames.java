package org.smbd.auth.ntlm;

/** The names of the server of MS-NLMP 4.2.1, in upper case as this server writes them. */
final class TestNames {
    static final ServerNames NAMES = new ServerNames("server", "Domain", "server.example.org", "example.org");

    private TestNames() {}
}
