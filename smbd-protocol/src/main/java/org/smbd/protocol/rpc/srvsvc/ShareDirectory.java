package org.smbd.protocol.rpc.srvsvc;

import java.util.List;
import java.util.Optional;

/** What the server service tells one caller: made for the session that has opened the pipe. */
public interface ShareDirectory {
    /** The server's own name, without backslashes. */
    String serverName();

    /** The server's description. */
    String serverComment();

    /** The shares that are listed for this caller, in a fixed order. */
    List<ShareEntry> listed();

    /** A share by its name, in any case, also one that is not listed, if this caller may know of it. */
    Optional<ShareEntry> find(String name);
}
