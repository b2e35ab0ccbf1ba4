/**
 * What other programs of this host do to the files of the shares, and the rest of the server has to hear of. The
 * kernel's word comes through {@code vfs.store}.
 */
package org.smbd.vfs.kernel;
