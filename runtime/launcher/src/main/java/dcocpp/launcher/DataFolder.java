package dcocpp.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A data folder that this process alone works on, until it is closed. */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "charger.lock";

    /** Holds the lock while it is open. */
    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the folder where missing and takes it. */
    static DataFolder open(Path data) throws LaunchException {
        try {
            create(data);
            Files.createDirectories(data.resolve("log"));
            FileChannel channel = FileChannel.open(data.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new LaunchException(ExitCode.DATA_IN_USE, "the data folder " + data + " is in use by process "
                        + Files.readString(data.resolve(LOCK)).trim() + "; stop that charger or choose another folder with --data");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            emptyTemporary(data);
            return new DataFolder(channel);
        } catch (IOException e) {
            throw new LaunchException(ExitCode.FAILED, "cannot work in the data folder " + data + ": " + reason(e)
                    + "; choose one that can be written with --data", e);
        }
    }

    /** An exception of the file system says what happened by its class, and in its message often no more than a path. */
    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException found) {
            return found.getFile() + " is a file, not a folder";
        }
        if (e instanceof FileSystemException failed) {
            return failed.getFile() + " cannot be written" + (failed.getReason() == null ? "" : ": " + failed.getReason());
        }
        return e.toString();
    }

    /** For this user only: passwords and cards of customers are in it. One that is there already is left as somebody made it. */
    private static void create(Path data) throws IOException {
        if (Files.isDirectory(data)) {
            return;
        }
        Files.createDirectories(data.getParent());
        if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(data);
        }
    }

    /** A process that is killed leaves its unpacked libraries behind. */
    private static void emptyTemporary(Path data) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(Files.createDirectories(temporary(data)), Files::isRegularFile)) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
    }

    /** Where the libraries that are native code are unpacked. */
    static Path temporary(Path data) {
        return data.resolve("tmp");
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // taken by this very process, which started two chargers
            return false;
        }
    }

    /** Gives it free; a second time does nothing. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
