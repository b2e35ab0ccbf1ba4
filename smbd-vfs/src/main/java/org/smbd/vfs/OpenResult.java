package org.smbd.vfs;

import org.smbd.core.file.CreateAction;
import org.smbd.core.file.FileMetadata;

/**
 * A successful open.
 *
 * @param open to be closed with {@link FileService#close(FileOpen)}
 * @param action what was done
 * @param metadata the file as it is after the open
 */
public record OpenResult(FileOpen open, CreateAction action, FileMetadata metadata) {}
