/** Netty: listeners, framing, write batching, back-pressure, thread pools. */
package org.smbd.server.net;
