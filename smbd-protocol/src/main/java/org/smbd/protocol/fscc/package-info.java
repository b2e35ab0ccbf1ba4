/**
 * The structures of MS-FSCC (file, file system and directory information) and of MS-DTYP 2.4 (security descriptors) on
 * the wire. Here: layouts, information classes, truncation rules. Not here: where the values come from, who may ask.
 */
package org.smbd.protocol.fscc;
