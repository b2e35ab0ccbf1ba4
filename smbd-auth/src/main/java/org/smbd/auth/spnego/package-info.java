/** The choice between mechanisms: RFC 4178 as MS-SPNG has it, with a small DER codec that bounds size and depth. */
package org.smbd.auth.spnego;
