package org.smbd.vfs.lock;

import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Values by their ranges, which may overlap: a treap ordered by offset, each node with the largest end below it. All in
 * O(log n), and a search for overlaps in O(log n) for each that the predicate refuses.
 */
final class IntervalTree<V> {
    private static final class Node<V> {
        final LockRange range;
        final V value;
        final int priority;
        long largestLast;
        Node<V> left;
        Node<V> right;

        Node(LockRange range, V value, int priority) {
            this.range = range;
            this.value = value;
            this.priority = priority;
            this.largestLast = last();
        }

        /** An empty range counts as its one point. */
        long last() {
            return range.length() == 0 ? range.offset() : range.last();
        }

        void update() {
            largestLast = last();
            largestLast = left == null ? largestLast : max(largestLast, left.largestLast);
            largestLast = right == null ? largestLast : max(largestLast, right.largestLast);
        }
    }

    private final SplittableRandom priorities = new SplittableRandom(1);
    private Node<V> root;
    private int size;

    int size() {
        return size;
    }

    void add(LockRange range, V value) {
        root = insert(root, new Node<>(range, value, priorities.nextInt()));
        size++;
    }

    /** Removes one value of exactly this range that {@code wanted} accepts. */
    boolean remove(LockRange range, Predicate<V> wanted) {
        Node<V> found = findExact(root, range, wanted);
        if (found == null) {
            return false;
        }
        root = delete(root, found);
        size--;
        return true;
    }

    /** Removes all that {@code wanted} accepts; visits every value. */
    void removeIf(Predicate<V> wanted) {
        Node<V> old = root;
        root = null;
        size = 0;
        keep(old, wanted.negate());
    }

    private void keep(Node<V> node, Predicate<V> kept) {
        if (node != null) {
            keep(node.left, kept);
            if (kept.test(node.value)) {
                add(node.range, node.value);
            }
            keep(node.right, kept);
        }
    }

    /** Whether any value whose range overlaps is accepted by {@code wanted}. */
    boolean anyOverlap(LockRange range, Predicate<V> wanted) {
        return anyOverlap(root, range, wanted);
    }

    private boolean anyOverlap(Node<V> node, LockRange range, Predicate<V> wanted) {
        if (node == null || Long.compareUnsigned(node.largestLast, range.offset()) < 0) {
            return false;
        }
        if (anyOverlap(node.left, range, wanted)) {
            return true;
        }
        if (node.range.overlaps(range) && wanted.test(node.value)) {
            return true;
        }
        long end = range.length() == 0 ? range.offset() : range.last();
        return Long.compareUnsigned(node.range.offset(), end) <= 0 && anyOverlap(node.right, range, wanted);
    }

    private static <V> Node<V> findExact(Node<V> node, LockRange range, Predicate<V> wanted) {
        if (node == null) {
            return null;
        }
        int order = Long.compareUnsigned(range.offset(), node.range.offset());
        if (order == 0 && node.range.equals(range) && wanted.test(node.value)) {
            return node;
        }
        Node<V> found = order <= 0 ? findExact(node.left, range, wanted) : null;
        return found == null && order >= 0 ? findExact(node.right, range, wanted) : found;
    }

    private static <V> Node<V> insert(Node<V> tree, Node<V> added) {
        if (tree == null) {
            return added;
        }
        Node<V> top = tree;
        if (Long.compareUnsigned(added.range.offset(), tree.range.offset()) < 0) {
            tree.left = insert(tree.left, added);
            top = tree.left.priority > tree.priority ? rotateRight(tree) : tree;
        } else {
            tree.right = insert(tree.right, added);
            top = tree.right.priority > tree.priority ? rotateLeft(tree) : tree;
        }
        top.update();
        return top;
    }

    private static <V> Node<V> delete(Node<V> tree, Node<V> gone) {
        if (tree == gone) {
            return merge(tree.left, tree.right);
        }
        int order = Long.compareUnsigned(gone.range.offset(), tree.range.offset());
        if (order < 0 || order == 0 && contains(tree.left, gone)) {
            tree.left = delete(tree.left, gone);
        } else {
            tree.right = delete(tree.right, gone);
        }
        tree.update();
        return tree;
    }

    private static <V> boolean contains(Node<V> tree, Node<V> wanted) {
        return findExact(tree, wanted.range, value -> value == wanted.value) == wanted;
    }

    private static <V> Node<V> merge(Node<V> left, Node<V> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        Node<V> top;
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

    private static <V> Node<V> rotateRight(Node<V> tree) {
        Node<V> top = tree.left;
        tree.left = top.right;
        top.right = tree;
        tree.update();
        return top;
    }

    private static <V> Node<V> rotateLeft(Node<V> tree) {
        Node<V> top = tree.right;
        tree.right = top.left;
        top.left = tree;
        tree.update();
        return top;
    }

    private static long max(long one, long other) {
        return Long.compareUnsigned(one, other) >= 0 ? one : other;
    }
}
