/**
 * From a frame to a reply: MS-SMB2 3.3.5.2 Receiving Any Message and 3.3.4.1 Sending Any Outgoing Message, once for all
 * commands.
 */
package org.smbd.server.pipeline;
