/** Previous versions: where a share's snapshots are, and the share as it was in each of them. */
package org.smbd.vfs.snapshot;
