/** Status codes: MS-ERREF 2.3. No other error vocabulary leaves a module. */
package org.smbd.core.status;
