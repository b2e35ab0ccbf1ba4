package org.smbd.vfs.kernel;

import java.util.List;
import org.smbd.vfs.notify.Change;
import org.smbd.vfs.notify.ChangeHub;
import org.smbd.vfs.notify.CompletionFilter;
import org.smbd.vfs.store.KernelFeed;
import org.smbd.vfs.store.KernelFeed.Event;

/** What the kernel's events mean: the changes that other programs made, without our own. One thread. */
final class ForeignChanges {
    private static final int WRITTEN =
            CompletionFilter.SIZE | CompletionFilter.LAST_WRITE | CompletionFilter.ATTRIBUTES;
    private static final int ATTRIBUTES = CompletionFilter.ATTRIBUTES
            | CompletionFilter.SECURITY
            | CompletionFilter.EA
            | CompletionFilter.CREATION
            | CompletionFilter.LAST_WRITE
            | CompletionFilter.LAST_ACCESS;

    /** The directories that the events are of. */
    interface Watched {
        /** All of them. */
        List<String> locations();

        /** Those of one number of the kernel's. */
        List<WatchedPlace> places(int watch);

        /** The kernel has given a number up. */
        void lost(int watch);

        /** A new directory of a tree is watched like all of it. */
        void extend(WatchedPlace parent, String name, boolean tell);

        /** A directory is not there any more, or no longer there. */
        void forget(String location);
    }

    private final ChangeHub hub;
    private final OwnChanges own;
    private final Watched watched;

    ForeignChanges(ChangeHub hub, OwnChanges own, Watched watched) {
        this.hub = hub;
        this.own = own;
        this.watched = watched;
    }

    /** Tells of events, in their order. */
    void tell(List<Event> events) {
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            switch (event.kind()) {
                case OVERFLOWED -> watched.locations().forEach(hub::overflow);
                case LOST -> watched.lost(event.watch());
                case WRITTEN -> changed(event, WRITTEN);
                case ATTRIBUTES -> changed(event, ATTRIBUTES);
                case CREATED, MOVED_TO -> came(event);
                case DELETED -> went(event);
                case MOVED_FROM -> {
                    boolean pair = i + 1 < events.size() && isRename(event, events.get(i + 1));
                    if (pair) {
                        renamed(event, events.get(++i));
                    } else {
                        went(event);
                    }
                }
            }
        }
    }

    private static boolean isRename(Event from, Event to) {
        return to.kind() == KernelFeed.Kind.MOVED_TO && from.cookie() == to.cookie() && from.watch() == to.watch();
    }

    private void changed(Event event, int filter) {
        for (WatchedPlace place : watched.places(event.watch())) {
            String location = place.locationOf(event.name());
            if (!own.meetsChange(location)) {
                hub.postForeign(Change.modified(location, filter));
            }
        }
    }

    private void came(Event event) {
        for (WatchedPlace place : watched.places(event.watch())) {
            String location = place.locationOf(event.name());
            boolean ours = own.meetsName(OwnChanges.Effect.CAME, location);
            if (!ours) {
                hub.postForeign(Change.added(location, event.directory()));
            }
            if (event.directory()) {
                watched.extend(place, event.name(), !ours);
            }
        }
    }

    private void went(Event event) {
        for (WatchedPlace place : watched.places(event.watch())) {
            String location = place.locationOf(event.name());
            if (!own.meetsName(OwnChanges.Effect.WENT, location)) {
                hub.postForeign(Change.removed(location, event.directory()));
            }
            if (event.directory()) {
                watched.forget(location);
            }
        }
    }

    private void renamed(Event from, Event to) {
        for (WatchedPlace place : watched.places(from.watch())) {
            String old = place.locationOf(from.name());
            String young = place.locationOf(to.name());
            boolean oldIsOurs = own.meetsName(OwnChanges.Effect.WENT, old);
            boolean youngIsOurs = own.meetsName(OwnChanges.Effect.CAME, young);
            if (!oldIsOurs && !youngIsOurs) {
                hub.postForeign(Change.oldName(old, from.directory()), Change.newName(young, to.directory()));
            }
            if (from.directory()) {
                watched.forget(old);
                watched.extend(place, to.name(), false);
            }
        }
    }
}
