package org.smbd.server.conn;

import org.smbd.server.session.Session;

/**
 * Whose request it is, in whatever dialect it came.
 *
 * @param connection that it came over
 * @param session established
 */
public record Caller(Connection connection, Session session) {}
