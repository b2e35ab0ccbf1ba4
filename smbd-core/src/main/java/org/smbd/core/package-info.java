/** The vocabulary of all modules: MS-ERREF and MS-DTYP. Depends on the JDK only. */
package org.smbd.core;
