package org.smbd.vfs.store;

/**
 * What the host of a {@link Volume} offers.
 *
 * @param identity calls act as another Unix user
 * @param extendedAttributes files carry {@code user.*} attributes
 * @param hardLinks files can have several names
 */
public record VolumeCapabilities(boolean identity, boolean extendedAttributes, boolean hardLinks) {}
