/**
 * The command line: {@code smbd -c FILE}, {@code serve}, {@code check}, {@code user}, {@code status}. Its words, its
 * output and its exit statuses are an interface that scripts rely on; what it does is done elsewhere.
 */
package org.smbd.server.cli;
