/** File vocabulary shared by protocol, vfs and server: flag families as int constants, choices as enums. */
package org.smbd.core.file;
