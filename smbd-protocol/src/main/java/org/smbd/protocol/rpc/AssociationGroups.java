package org.smbd.protocol.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections of one client that share its context handles. C706 9.3.3.3 Association groups, MS-RPCE 3.3.3.2.1. A group
 * lives as long as a connection of it. Safe for many threads.
 */
public final class AssociationGroups {
    /**
     * One group.
     *
     * @param id not 0
     * @param handles what its connections hold
     */
    public record Group(int id, HandleTable handles) {}

    @GuardedBy("this")
    private final Map<Integer, Member> members = new HashMap<>();

    @GuardedBy("this")
    private int lastId;

    /** Groups with ids from 1 on. */
    public AssociationGroups() {
        this(0);
    }

    /** Groups with the ids that follow {@code lastId}. */
    AssociationGroups(int lastId) {
        this.lastId = lastId;
    }

    private static final class Member {
        private final Group group;
        private final Object owner;
        private int connections = 1;

        Member(Group group, Object owner) {
            this.group = group;
            this.owner = owner;
        }
    }

    /**
     * Joins a group, or makes a new one where there is none of that id, or it is somebody else's.
     *
     * @param id what the client asks for; 0 for a new one
     * @param owner who calls: nobody gets at the handles of another
     */
    synchronized Group join(int id, Object owner) {
        Member member = members.get(id);
        if (member != null && member.owner.equals(owner)) {
            member.connections++;
            return member.group;
        }
        do {
            lastId++;
        } while (lastId == 0 || members.containsKey(lastId));
        Group group = new Group(lastId, new HandleTable());
        members.put(lastId, new Member(group, owner));
        return group;
    }

    /** Undoes one {@link #join}. */
    synchronized void leave(Group group) {
        Member member = members.get(group.id);
        member.connections--;
        if (member.connections == 0) {
            members.remove(group.id);
        }
    }

    /** How many groups there are. */
    public synchronized int count() {
        return members.size();
    }
}
