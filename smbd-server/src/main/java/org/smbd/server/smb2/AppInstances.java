package org.smbd.server.smb2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smbd.core.file.AccessMask;
import org.smbd.core.status.NtStatus;
import org.smbd.protocol.smb2.CreateContext;
import org.smbd.protocol.smb2.CreateRequest;
import org.smbd.protocol.smb2.Dialect;
import org.smbd.server.pipeline.RequestContext;
import org.smbd.server.session.AppInstance;
import org.smbd.server.session.OpenHandle;
import org.smbd.server.session.OpenResource;
import org.smbd.server.session.ParkedOpen;
import org.smbd.server.session.Session;
import org.smbd.server.session.SessionTable;

/**
 * Applications that move from one client to another, and there open what they still have open here: MS-SMB2 3.3.5.9.13
 * Handling the SMB2_CREATE_APP_INSTANCE_ID and SMB2_CREATE_APP_INSTANCE_VERSION Create Contexts.
 */
final class AppInstances {
    private final SessionTable sessions;

    AppInstances(SessionTable sessions) {
        this.sessions = sessions;
    }

    /** One of the opens of the instance, and what closes it. */
    private record Found(OpenHandle open, Runnable close) {}

    /** The instance that a CREATE is made for; empty before SMB 3. */
    static Optional<AppInstance> of(RequestContext context, List<CreateContext> contexts) {
        CreateContext.AppInstanceId id = null;
        AppInstance.Version version = null;
        for (CreateContext given : contexts) {
            if (given instanceof CreateContext.AppInstanceId named) {
                id = named;
            } else if (given instanceof CreateContext.AppInstanceVersion counted
                    && context.connection().dialect() == Dialect.SMB_3_1_1) {
                version = new AppInstance.Version(counted.high(), counted.low());
            }
        }
        return id == null || !context.connection().dialect().isSmb3()
                ? Optional.empty()
                : Optional.of(new AppInstance(
                        id.appInstanceId(),
                        Optional.ofNullable(version),
                        context.connection().clientGuid()));
    }

    /**
     * Closes what the instance has open of the same file elsewhere.
     *
     * @throws org.smbd.core.status.SmbException FILE_FORCED_CLOSED if the instance there is the younger one
     */
    void takeOver(RequestContext context, CreateRequest request, AppInstance instance) {
        List<Found> found = new ArrayList<>(1);
        for (Session session : sessions.all()) {
            for (OpenHandle open : session.opens()) {
                if (isSame(context, request, instance, open)) {
                    found.add(new Found(open, () -> session.close(open)));
                }
            }
        }
        for (ParkedOpen parked : sessions.durableOpens().all()) {
            if (isSame(context, request, instance, parked.handle())) {
                found.add(
                        new Found(parked.handle(), () -> sessions.durableOpens().close(parked)));
            }
        }
        for (Found other : found) {
            Optional<AppInstance.Version> version = other.open().appInstance().flatMap(AppInstance::version);
            if (version.isPresent()
                    && !instance.version()
                            .filter(mine -> mine.isAfter(version.get()))
                            .isPresent()) {
                throw NtStatus.FILE_FORCED_CLOSED.exception();
            }
        }
        found.stream()
                .filter(other -> mayRead(context, other.open()))
                .forEach(other -> other.close().run());
    }

    private static boolean isSame(
            RequestContext context, CreateRequest request, AppInstance instance, OpenHandle open) {
        return open.appInstance()
                        .filter(other -> other.id().equals(instance.id())
                                && !other.client().equals(instance.client()))
                        .isPresent()
                && open.tree()
                        .share()
                        .name()
                        .equalsIgnoreCase(context.tree().share().name())
                && open.resource() instanceof OpenResource.File file
                && file.open().isAt(request.name());
    }

    private static boolean mayRead(RequestContext context, OpenHandle open) {
        OpenResource.File file = (OpenResource.File) open.resource();
        int access = file.files().maximalAccess(file.open(), context.tree().context());
        return AccessMask.has(access, AccessMask.FILE_GENERIC_READ);
    }
}
