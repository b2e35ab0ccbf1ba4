/** Client programs of the trial scripts: an independent client (smbj) and a journal of what the server acknowledged. */
package org.smbd.benchmarks.trial;
