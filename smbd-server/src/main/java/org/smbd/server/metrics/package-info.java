/** What the server counts. Plain adders; nothing here knows how they are shown. */
package org.smbd.server.metrics;
