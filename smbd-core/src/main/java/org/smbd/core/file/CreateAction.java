package org.smbd.core.file;

/** What an open did. MS-SMB2 2.2.14 SMB2 CREATE Response, CreateAction; the ordinal is the wire value. */
public enum CreateAction {
    SUPERSEDED,
    OPENED,
    CREATED,
    OVERWRITTEN
}
