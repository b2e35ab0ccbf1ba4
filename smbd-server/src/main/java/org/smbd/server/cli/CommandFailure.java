package org.smbd.server.cli;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.smbd.server.config.ConfigException;

/**
 * Why a command fails: one line for standard error, and the exit status.
 *
 * @param status one of {@link ExitStatus}
 */
record CommandFailure(int status, String message) {
    /** Finds the words and the status for what was thrown. */
    static CommandFailure of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof java.io.UncheckedIOException
                        || cause instanceof java.util.concurrent.ExecutionException
                        || cause instanceof java.util.concurrent.CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new CommandFailure(statusOf(cause), oneLine(messageOf(cause)));
    }

    private static int statusOf(Throwable cause) {
        if (cause instanceof ConfigException || cause instanceof IllegalArgumentException) {
            return ExitStatus.USAGE;
        }
        if (cause instanceof AccessDeniedException || isPermission(cause)) {
            return ExitStatus.PERMISSION;
        }
        return cause instanceof BindException ? ExitStatus.ADDRESS_IN_USE : ExitStatus.FAILURE;
    }

    /** Sockets say it in words only: Permission denied (EACCES), Operation not permitted (EPERM). */
    private static boolean isPermission(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof IOException
                && (message.contains("permission denied") || message.contains("operation not permitted"));
    }

    private static String messageOf(Throwable cause) {
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (cause instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + ": " + file.getClass().getSimpleName().replace("Exception", "");
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
    }
}
