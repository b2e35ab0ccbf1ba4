package org.smbd.protocol.rpc.lsa;

/** What an open policy handle stands for: MS-LSAD 3.1.1.1 Policy Object Data Model. There is one policy. */
record Policy() {}
