package org.smbd.protocol.rpc.host;

import java.util.List;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.account.ClientIdentity;

/**
 * What a host says of itself.
 *
 * @param computerName its NetBIOS name
 * @param workgroup its workgroup
 * @param startTime FILETIME of the server's start
 * @param transports the network interfaces that are listened on, as {@code name}
 */
public record HostFacts(String computerName, String workgroup, long startTime, List<String> transports) {
    /** What clients take to be a server of the NT family; the dialects say what it really can do. */
    public static final int VERSION_MAJOR = 6;

    public static final int VERSION_MINOR = 1;
    /** MS-SRVS 2.2.2.6 Platform IDs: PLATFORM_ID_NT. */
    public static final int PLATFORM_ID_NT = 500;

    public HostFacts {
        transports = List.copyOf(transports);
    }

    /** SUCCESS for administrators only. */
    static int administratorsOnly(ClientIdentity caller) {
        return caller.administrator() ? Win32Error.SUCCESS : Win32Error.ACCESS_DENIED;
    }
}
