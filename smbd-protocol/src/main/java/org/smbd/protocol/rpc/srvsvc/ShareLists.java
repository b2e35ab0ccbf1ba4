package org.smbd.protocol.rpc.srvsvc;

import java.util.Optional;
import org.smbd.protocol.rpc.NdrReader;
import org.smbd.protocol.rpc.NdrWriter;
import org.smbd.protocol.rpc.Win32Error;
import org.smbd.protocol.rpc.host.Containers;
import org.smbd.protocol.rpc.host.Resumption;

/** The shares. MS-SRVS 3.1.4.7 to 3.1.4.12. They are kept in the configuration, which no client changes. */
final class ShareLists {
    private final ShareDirectory directory;

    ShareLists(ShareDirectory directory) {
        this.directory = directory;
    }

    /** MS-SRVS 3.1.4.8 NetrShareEnum. All our shares are kept, which is what Sticky (3.1.4.9) asks. */
    void enumerate(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        int level = in.i32(); // InfoStruct.Level
        Optional<ShareInfoMarshaller> marshaller =
                ShareInfoMarshaller.of(level).filter(ShareInfoMarshaller::isEnumerable);
        Containers.skip(in, level, marshaller.isPresent());
        int preferredMaximumLength = in.i32(); // PreferedMaximumLength
        Resumption resume = Resumption.read(in); // ResumeHandle
        if (marshaller.isEmpty()) {
            out.i32(level);
            out.i32(level);
            out.i32(0); // TotalEntries
            resume.write(0, out);
            out.i32(Win32Error.INVALID_LEVEL);
            return;
        }
        Page<ShareEntry> page =
                Page.of(directory.listed(), resume.value(), preferredMaximumLength, marshaller.get()::sizeMax);
        Containers.write(out, level, false, page.entries(), marshaller.get()::write);
        out.i32(page.available()); // TotalEntries
        resume.write(page.next(), out);
        out.i32(page.next() == 0 ? Win32Error.SUCCESS : Win32Error.MORE_DATA);
    }

    /** MS-SRVS 3.1.4.10 NetrShareGetInfo. */
    void information(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        String name = in.wideString(); // NetName
        int level = in.i32(); // Level

        out.i32(level); // InfoStruct, switch
        Optional<ShareInfoMarshaller> marshaller = ShareInfoMarshaller.of(level);
        Optional<ShareEntry> share = directory.find(name);
        if (marshaller.isEmpty()) {
            out.i32(Win32Error.INVALID_LEVEL);
            return;
        }
        if (share.isEmpty()) {
            out.nullPointer();
            out.i32(Win32Error.NERR_NET_NAME_NOT_FOUND);
            return;
        }
        out.pointer();
        marshaller.get().write(share.get(), out);
        out.deferred();
        out.i32(Win32Error.SUCCESS);
    }

    /** MS-SRVS 3.1.4.7 NetrShareAdd: refused, as by Samba that has no add share command. */
    void add(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        in.i32(); // Level
        out.nullPointer(); // ParmErr
        out.i32(Win32Error.ACCESS_DENIED);
    }

    /** MS-SRVS 3.1.4.11 NetrShareSetInfo: refused where there is such a share. */
    void setInformation(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        String name = in.wideString(); // NetName
        out.nullPointer(); // ParmErr
        out.i32(refusal(name));
    }

    /** MS-SRVS 3.1.4.12 NetrShareDel, 3.1.4.13 NetrShareDelSticky: refused where there is such a share. */
    void delete(NdrReader in, NdrWriter out) {
        in.wideStringPointer(); // ServerName
        String name = in.wideString(); // NetName
        in.i32(); // Reserved
        out.i32(refusal(name));
    }

    private int refusal(String name) {
        return directory.find(name).isPresent() ? Win32Error.ACCESS_DENIED : Win32Error.NERR_NET_NAME_NOT_FOUND;
    }
}
