/**
 * Change notification: MS-FSA 2.1.1.8 Per ChangeNotifyEntry, 2.1.4.1 Algorithm for Reporting a Change Notification,
 * 2.1.5.11 Server Requests Change Notifications for a Directory. Pure: it knows no files, only where they are.
 */
package org.smbd.vfs.notify;
