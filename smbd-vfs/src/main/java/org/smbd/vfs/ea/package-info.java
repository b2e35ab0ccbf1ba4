/** Extended attributes as clients know them: MS-FSA 2.1.1.3 Per File, ExtendedAttributes. */
package org.smbd.vfs.ea;
