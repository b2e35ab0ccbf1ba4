package org.smbd.server.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smbd.server.config.Log;

/**
 * Makes the log what the configuration says. Lines are written by a thread of their own, as event loops log too, and a
 * disk or a pipe that is slow must not stop them.
 */
public final class Logging {
    /** One event, one line; an exception's trace follows. A message with line breaks in it is made one line. */
    private static final String PATTERN =
            "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %replace(%msg){'[\\r\\n]+', ' '}%n";

    private static final String OURS = "org.smbd";

    /** From here on, a level of smb.conf says what a developer asks. */
    private static final int DEBUG_FROM = 3;

    /** Lines that may wait to be written; what comes when so many do is lost. */
    private static final int WAITING_LINES_MAX = 8192;

    private static final Map<String, List<String>> LOGGERS_OF_CLASS = Map.of(
            "auth", List.of("org.smbd.auth", "org.smbd.server.session"),
            "auth_audit", List.of("org.smbd.auth", "org.smbd.server.session"),
            "passdb", List.of("org.smbd.auth.account"),
            "smb", List.of("org.smbd.server.pipeline"),
            "smb2", List.of("org.smbd.server.smb2", "org.smbd.server.pipeline"),
            "smb2_credits", List.of("org.smbd.server.conn"),
            "rpc_srv", List.of("org.smbd.server.pipe"),
            "vfs", List.of("org.smbd.vfs"),
            "locking", List.of("org.smbd.vfs.node", "org.smbd.vfs.lock"),
            "tevent", List.of("io.netty"));

    private Logging() {}

    /**
     * Replaces what was set before.
     *
     * @throws IOException if the log file cannot be written
     */
    public static void configure(Log log) throws IOException {
        if (log.file().isPresent()) {
            makeWritable(log.file().get());
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        OutputStreamAppender<ILoggingEvent> appender =
                log.file().isPresent() ? file(context, log.file().get(), log.sizeMaxKib()) : console(context);
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(behind(context, appender));
        context.getLogger(OURS).setLevel(level(log.level()));
        log.classLevels()
                .forEach((name, level) -> LOGGERS_OF_CLASS
                        .getOrDefault(name, List.of())
                        .forEach(logger -> context.getLogger(logger).setLevel(level(level))));
    }

    /** Writes what waits to be written, and logs no more. */
    public static void end() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
    }

    private static AsyncAppender behind(LoggerContext context, OutputStreamAppender<ILoggingEvent> writer) {
        AsyncAppender appender = new AsyncAppender();
        appender.setContext(context);
        appender.setQueueSize(WAITING_LINES_MAX);
        appender.setDiscardingThreshold(0); // no line is less worth than others before the queue is full
        appender.setNeverBlock(true);
        appender.addAppender(writer);
        appender.start();
        return appender;
    }

    /** 0 to 2: who comes, who is refused, what fails; from 3: why; 10: everything. */
    static Level level(int level) {
        if (level >= Log.LEVEL_MAX) {
            return Level.TRACE;
        }
        return level >= DEBUG_FROM ? Level.DEBUG : Level.INFO;
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        return appender;
    }

    private static OutputStreamAppender<ILoggingEvent> file(LoggerContext context, Path file, int sizeMaxKib) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file.toString().replace("%", "\\%") + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(1);
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(sizeMaxKib == 0 ? Long.MAX_VALUE : sizeMaxKib * FileSize.KB_COEFFICIENT));
        trigger.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        return appender;
    }

    /** Logback would go on without a log; an administrator wants to be told. */
    private static void makeWritable(Path file) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        Files.newOutputStream(file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)
                .close();
    }
}
