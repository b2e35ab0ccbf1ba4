/** The recycle bin of a share: a {@link org.smbd.vfs.store.Volume} around another one. */
package org.smbd.vfs.recycle;
