/** NTLM: MS-NLMP. Messages, pure cryptography and the server's side of one exchange. */
package org.smbd.auth.ntlm;
