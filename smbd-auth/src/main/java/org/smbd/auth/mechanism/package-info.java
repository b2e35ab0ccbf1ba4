/** What SPNEGO and its mechanisms have in common: exchanges, steps, object identifiers. RFC 2743, RFC 4178. */
package org.smbd.auth.mechanism;
