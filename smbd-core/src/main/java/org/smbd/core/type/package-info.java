/** Data types of MS-DTYP and who-asks vocabulary. Immutable, no wire code. */
package org.smbd.core.type;
