package dcocpp.launcher.plan;

import dcocpp.api.planner.ChargePlanner;
import dcocpp.launcher.ExitCode;
import dcocpp.launcher.LaunchException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The planner in a bundle's jar, found the way the framework finds it (by its Declarative Services component) but made without a framework:
 * a planner is a pure function and needs none. Its classes are loaded from the jar; what it imports comes from the command's class path.
 */
final class PlannerJar implements AutoCloseable {
    private static final String SERVICE = ChargePlanner.class.getName();

    private final URLClassLoader loader;
    private final ChargePlanner planner;

    private PlannerJar(URLClassLoader loader, ChargePlanner planner) {
        this.loader = loader;
        this.planner = planner;
    }

    /**
     * Opens a jar and makes its planner.
     *
     * @throws LaunchException when it cannot be read, holds no planner, or the planner cannot be made
     */
    static PlannerJar open(Path file) throws LaunchException {
        if (!Files.isRegularFile(file)) {
            throw failure(file, "is no file", null);
        }
        String implementation = implementation(file);
        URLClassLoader loader = loader(file);
        try {
            Object planner = loader.loadClass(implementation).getConstructor().newInstance();
            if (planner instanceof ChargePlanner whole) {
                return new PlannerJar(loader, whole);
            }
            throw failure(file, "the class " + implementation + " does not implement " + SERVICE, null);
        } catch (InvocationTargetException e) {
            throw failure(file, "the planner " + implementation + " cannot be made: it threw " + e.getCause(), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failure(file, "the planner " + implementation + " cannot be made without a framework: " + e, e);
        }
    }

    private static URLClassLoader loader(Path file) throws LaunchException {
        try {
            return new URLClassLoader(new URL[] {file.toUri().toURL()}, ChargePlanner.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw failure(file, "has a name that is no address: " + e.getMessage(), e);
        }
    }

    private static LaunchException failure(Path file, String what, Throwable cause) {
        return new LaunchException(ExitCode.FAILED, file + ": " + what, cause);
    }

    /** The class that the first component with the service of a planner names. */
    private static String implementation(Path file) throws LaunchException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String components = manifest == null ? null : manifest.getMainAttributes().getValue("Service-Component");
            if (components != null) {
                for (JarEntry entry : described(jar, components)) {
                    String implementation = implementation(jar, entry);
                    if (implementation != null) {
                        return implementation;
                    }
                }
            }
            throw failure(file, "is no planner: none of its Service-Component descriptions provides " + SERVICE, null);
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw failure(file, "is no bundle that can be read: " + e.getMessage(), e);
        }
    }

    /** The descriptions that the header names; the last part of a path may hold {@code *}. */
    private static List<JarEntry> described(JarFile jar, String components) {
        List<JarEntry> entries = new ArrayList<>();
        for (String path : components.split(",")) {
            String glob = path.split(";", 2)[0].trim();
            Pattern pattern = Pattern.compile(Pattern.quote(glob).replace("*", "\\E[^/]*\\Q"));
            jar.stream().filter(entry -> pattern.matcher(entry.getName()).matches()).forEach(entries::add);
        }
        return entries;
    }

    private static String implementation(JarFile jar, JarEntry entry) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        try (InputStream xml = jar.getInputStream(entry)) {
            Element root = builder.parse(xml).getDocumentElement();
            NodeList provided = root.getElementsByTagName("provide");
            for (int i = 0; i < provided.getLength(); i++) {
                if (((Element) provided.item(i)).getAttribute("interface").equals(SERVICE)) {
                    NodeList implementation = root.getElementsByTagName("implementation");
                    return implementation.getLength() == 0 ? null : ((Element) implementation.item(0)).getAttribute("class");
                }
            }
            return null;
        }
    }

    ChargePlanner planner() {
        return planner;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
