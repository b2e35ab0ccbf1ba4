/**
 * The only door to the host: java.nio.file, native calls, errno. Everything here is addressed below the root of one
 * share and cannot leave it. Failures are {@link org.smbd.core.status.SmbException}, translated in one place.
 */
package org.smbd.vfs.store;
