/**
 * From names of clients to names of the host: case, reserved names, wildcards. MS-FSCC 2.1.5 Pathname, MS-FSA 2.1.4.3,
 * 2.1.4.4.
 */
package org.smbd.vfs.name;
