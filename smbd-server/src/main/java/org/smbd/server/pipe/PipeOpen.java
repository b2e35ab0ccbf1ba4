package org.smbd.server.pipe;

/** One open of a named pipe. */
public interface PipeOpen {
    /** Ends the conversation. */
    void close();
}
