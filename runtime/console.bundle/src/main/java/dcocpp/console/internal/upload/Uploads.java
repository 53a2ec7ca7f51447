package dcocpp.console.internal.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;

import dcocpp.api.update.BundleInstaller;
import dcocpp.api.update.InstallJob;
import dcocpp.console.internal.login.DataFolder;

/** Takes an uploaded jar to the installer, by way of a file that is gone afterwards. */
@Component(service = Uploads.class, configurationPid = "dcocpp.security")
public final class Uploads {

    private static final String SOURCE = "console";
    private static final String PREFIX = "upload-";
    private static final String SUFFIX = ".part";

    private final Path folder;
    private volatile long maxBytes;

    /** The upload is longer than the configuration allows. */
    public static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLongException(long maxBytes) {
            super("the upload is longer than " + maxBytes + " bytes");
        }
    }

    @Activate
    public Uploads(BundleContext context, UploadSettings settings) throws IOException {
        this(DataFolder.of(context).path(), settings.maxBytes());
    }

    private Uploads(Path folder, long maxBytes) throws IOException {
        this.folder = folder;
        this.maxBytes = maxBytes;
        Files.createDirectories(folder);
        // What a killed process left behind.
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path part : parts) {
                Files.delete(part);
            }
        }
    }

    /** By way of this folder. */
    public static Uploads into(Path folder, long maxBytes) throws IOException {
        return new Uploads(folder, maxBytes);
    }

    @Modified
    void modified(UploadSettings settings) {
        maxBytes = settings.maxBytes();
    }

    /** The longest file that is taken now. */
    long maxBytes() {
        return maxBytes;
    }

    /** Hands the content to the installer. */
    public InstallJob install(InputStream content, BundleInstaller installer) throws IOException {
        Path part = Files.createTempFile(folder, PREFIX, SUFFIX);
        try {
            copy(content, part);
            return installer.install(part, SOURCE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void copy(InputStream content, Path part) throws IOException {
        long limit = maxBytes;
        try (OutputStream out = Files.newOutputStream(part)) {
            byte[] buffer = new byte[64 * 1024];
            long length = 0;
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                length += read;
                if (length > limit) {
                    throw new TooLongException(limit);
                }
                out.write(buffer, 0, read);
            }
        }
    }
}
