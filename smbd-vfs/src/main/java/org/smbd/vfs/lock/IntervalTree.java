package org.smbd.vfs.lock;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Ranges that may overlap, each of an owner: a treap ordered by offset. Each node knows the largest end below it, and
 * whether all below it are of one owner, so that neither what lies elsewhere nor what the asker holds itself is looked
 * at: everything is O(log n), but for {@link #removeAll}, which visits what is near the removed.
 *
 * <p>Owners are compared by identity. Not safe for several threads.
 */
final class IntervalTree {
    private static final class Node {
        final long offset;
        final long length;
        final LockOwnership owner;
        final int priority;
        /** The owner of all below, or null if they are several. */
        LockOwnership only;
        /** Marks of all owners below. */
        long marks;

        long largestLast;
        Node left;
        Node right;

        Node(LockRange range, LockOwnership owner, int priority) {
            this.offset = range.offset();
            this.length = range.length();
            this.owner = owner;
            this.priority = priority;
            update();
        }

        /** An empty range counts as its one point. */
        long last() {
            return length == 0 ? offset : offset + length - 1;
        }

        boolean overlaps(LockRange range) {
            return new LockRange(offset, length).overlaps(range);
        }

        void update() {
            largestLast = last();
            only = owner;
            marks = owner.mark();
            if (left != null) {
                largestLast = max(largestLast, left.largestLast);
                only = left.only == only ? only : null;
                marks |= left.marks;
            }
            if (right != null) {
                largestLast = max(largestLast, right.largestLast);
                only = right.only == only ? only : null;
                marks |= right.marks;
            }
        }
    }

    private final SplittableRandom priorities = new SplittableRandom(1);
    private Node root;
    private int size;

    int size() {
        return size;
    }

    void add(LockRange range, LockOwnership owner) {
        root = insert(root, new Node(range, owner, priorities.nextInt()));
        size++;
    }

    /** Removes one range that is exactly this, and of this owner; false if there is none. */
    boolean remove(LockRange range, LockOwnership owner) {
        int before = size;
        root = delete(root, range, owner);
        return size < before;
    }

    /** Removes all of an owner, and tells each. */
    void removeAll(LockOwnership owner, Consumer<LockRange> told) {
        root = without(root, owner, told);
    }

    /** Whether there is any that overlaps. */
    boolean anyOverlap(LockRange range) {
        return anyOverlap(root, range, null);
    }

    /** Whether there is any that overlaps and is of another owner. */
    boolean anyOverlapOfOther(LockRange range, LockOwnership owner) {
        return anyOverlap(root, range, owner);
    }

    /** Tells all that overlap, in the order of their offsets. */
    void forEachOverlap(LockRange range, Consumer<LockRange> told) {
        forEachOverlap(root, range, told);
    }

    private static void forEachOverlap(Node node, LockRange range, Consumer<LockRange> told) {
        if (node == null || Long.compareUnsigned(node.largestLast, range.offset()) < 0) {
            return;
        }
        forEachOverlap(node.left, range, told);
        if (node.overlaps(range)) {
            told.accept(new LockRange(node.offset, node.length));
        }
        long end = range.length() == 0 ? range.offset() : range.last();
        if (Long.compareUnsigned(node.offset, end) <= 0) {
            forEachOverlap(node.right, range, told);
        }
    }

    private static boolean anyOverlap(Node node, LockRange range, LockOwnership owner) {
        if (node == null
                || owner != null && node.only == owner
                || Long.compareUnsigned(node.largestLast, range.offset()) < 0) {
            return false;
        }
        if (anyOverlap(node.left, range, owner)) {
            return true;
        }
        if (node.owner != owner && node.overlaps(range)) {
            return true;
        }
        long end = range.length() == 0 ? range.offset() : range.last();
        return Long.compareUnsigned(node.offset, end) <= 0 && anyOverlap(node.right, range, owner);
    }

    /** Equal offsets are ordered by length, so that a range is found without a search among them. */
    private static int compare(LockRange range, Node node) {
        int byOffset = Long.compareUnsigned(range.offset(), node.offset);
        return byOffset != 0 ? byOffset : Long.compareUnsigned(range.length(), node.length);
    }

    private static Node insert(Node tree, Node added) {
        if (tree == null) {
            return added;
        }
        Node top = tree;
        if (compare(new LockRange(added.offset, added.length), tree) < 0) {
            tree.left = insert(tree.left, added);
            top = tree.left.priority > tree.priority ? rotateRight(tree) : tree;
        } else {
            tree.right = insert(tree.right, added);
            top = tree.right.priority > tree.priority ? rotateLeft(tree) : tree;
        }
        top.update();
        return top;
    }

    /** Below a node with that very range others may lie on both sides; marks tell where one of this owner can be. */
    private Node delete(Node tree, LockRange range, LockOwnership owner) {
        if (tree == null || (tree.marks & owner.mark()) == 0) {
            return tree;
        }
        int order = compare(range, tree);
        if (order == 0 && tree.owner == owner) {
            size--;
            return merge(tree.left, tree.right);
        }
        int before = size;
        if (order <= 0) {
            tree.left = delete(tree.left, range, owner);
        }
        if (order >= 0 && size == before) {
            tree.right = delete(tree.right, range, owner);
        }
        if (size < before) {
            tree.update();
        }
        return tree;
    }

    private Node without(Node tree, LockOwnership owner, Consumer<LockRange> told) {
        if (tree == null || (tree.marks & owner.mark()) == 0) {
            return tree;
        }
        tree.left = without(tree.left, owner, told);
        tree.right = without(tree.right, owner, told);
        if (tree.owner == owner) {
            size--;
            told.accept(new LockRange(tree.offset, tree.length));
            return merge(tree.left, tree.right);
        }
        tree.update();
        return tree;
    }

    private static Node merge(Node left, Node right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        Node top;
        if (left.priority > right.priority) {
            left.right = merge(left.right, right);
            top = left;
        } else {
            right.left = merge(left, right.left);
            top = right;
        }
        top.update();
        return top;
    }

    private static Node rotateRight(Node tree) {
        Node top = tree.left;
        tree.left = top.right;
        top.right = tree;
        tree.update();
        return top;
    }

    private static Node rotateLeft(Node tree) {
        Node top = tree.right;
        tree.right = top.left;
        top.left = tree;
        tree.update();
        return top;
    }

    private static long max(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }
}
