package org.smbd.vfs;

/**
 * One change in a watched directory. MS-FSCC 2.7.1 FILE_NOTIFY_INFORMATION.
 *
 * @param action FILE_ACTION_* value
 * @param name relative to the watched directory, with backslashes
 */
public record ChangeNotification(int action, String name) {}
