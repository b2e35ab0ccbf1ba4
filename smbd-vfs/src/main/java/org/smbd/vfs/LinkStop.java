package org.smbd.vfs;

import org.smbd.vfs.data.ReparseData;

/**
 * Where an open stopped, as the client has to follow a symbolic link. MS-SMB2 2.2.2.2.1 Symbolic Link Error Response.
 *
 * @param link the link
 * @param unparsedChars of the path, at its end, behind the link: with the backslash in front
 */
public record LinkStop(ReparseData link, int unparsedChars) {}
