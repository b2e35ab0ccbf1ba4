package org.smbd.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.smbd.core.file.FileAttributes;
import org.smbd.core.file.FileMetadata;
import org.smbd.protocol.fscc.DirectoryEntryWriter;
import org.smbd.protocol.fscc.FileInformationClass;

/** Fills one 64 KiB page of a directory listing, without the file system: what the writer costs per entry. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DirectoryPageBenchmark {
    private static final int PAGE_BYTES = 64 * 1024;
    private static final int NAMES = 1024;

    @Param({"NAMES", "BOTH_DIRECTORY", "ID_BOTH_DIRECTORY"})
    public FileInformationClass level;

    private final String[] names = new String[NAMES];
    private final FileMetadata metadata =
            new FileMetadata(1, 2, 3, 4, 4096, 1234, FileAttributes.ARCHIVE, 1, false, 42, 7, 0, 0);
    private ByteBuf page;

    @Setup
    public void open() {
        for (int i = 0; i < NAMES; i++) {
            names[i] = "a file of a usual name " + i + ".dat";
        }
        page = PooledByteBufAllocator.DEFAULT.directBuffer(PAGE_BYTES);
    }

    @TearDown
    public void close() {
        page.release();
    }

    /** Returns the number of entries, so that the work is not removed. */
    @Benchmark
    public int page() {
        page.clear();
        DirectoryEntryWriter writer = new DirectoryEntryWriter(level, page, PAGE_BYTES);
        int i = 0;
        while (writer.append(names[i % NAMES], i, metadata)) {
            i++;
        }
        return writer.count();
    }
}
