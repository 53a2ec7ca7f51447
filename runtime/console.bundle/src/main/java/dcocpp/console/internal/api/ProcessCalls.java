package dcocpp.console.internal.api;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the process uses. The figures are those of the JVM's own beans; what a JVM does not count is left out. Stateless. */
final class ProcessCalls {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String OPERATING_SYSTEM = ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME;
    private static final String DIAGNOSTICS = "com.sun.management:type=DiagnosticCommand";
    private static final String ACCESSOR = "jdk.internal.reflect.DelegatingClassLoader";
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total = (\\d+)");

    private ProcessCalls() {
    }

    static List<Route> routes() {
        return List.of(
                new Route("GET", "/process", (request, variables) -> Route.Answer.ok(process())),
                new Route("POST", "/process/gc", (request, variables) -> Route.Answer.ok(collected())));
    }

    static ObjectNode process() {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        ObjectNode root = Json.object();
        root.put("pid", runtime.getPid());
        Json.put(root, "uptimeSeconds", runtime.getUptime() / MILLIS_PER_SECOND);
        number("ProcessCpuTime").ifPresent(nanos -> Json.put(root, "processorSeconds", nanos.doubleValue() / NANOS_PER_SECOND));
        MemoryUsage heap = memory.getHeapMemoryUsage();
        root.put("heapUsedBytes", heap.getUsed());
        root.put("heapCommittedBytes", heap.getCommitted());
        if (heap.getMax() >= 0) {
            root.put("heapMaxBytes", heap.getMax());
        }
        // The generation that only a full collection cleans is the one for which a JVM watches a threshold.
        long live = pools(MemoryType.HEAP).stream().filter(MemoryPoolMXBean::isUsageThresholdSupported)
                .map(MemoryPoolMXBean::getCollectionUsage).filter(Objects::nonNull).mapToLong(MemoryUsage::getUsed).sum();
        if (live > 0) {
            root.put("heapLiveBytes", live);
        }
        root.put("nonHeapUsedBytes", memory.getNonHeapMemoryUsage().getUsed());
        root.put("metaspaceUsedBytes", pools(MemoryType.NON_HEAP).stream().filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed()).sum());
        root.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        number("OpenFileDescriptorCount").ifPresent(files -> root.put("openFiles", files.longValue()));
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        root.put("loadedClasses", classes.getLoadedClassCount());
        root.put("unloadedClasses", classes.getUnloadedClassCount());
        root.put("collections", collectors().stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum());
        Json.put(root, "collectionSeconds",
                collectors().stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum() / MILLIS_PER_SECOND);
        return root;
    }

    static ObjectNode collected() {
        // Twice: what the first one finds to be finalized or cleaned is garbage for the second.
        ManagementFactory.getMemoryMXBean().gc();
        ManagementFactory.getMemoryMXBean().gc();
        ObjectNode root = process();
        classLoaders(root);
        return root;
    }

    private static List<MemoryPoolMXBean> pools(MemoryType type) {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == type).toList();
    }

    private static List<GarbageCollectorMXBean> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans();
    }

    /** A figure of the operating system that not every JVM and system has. */
    private static Optional<Number> number(String attribute) {
        try {
            return Optional.of((Number) server().getAttribute(new ObjectName(OPERATING_SYSTEM), attribute));
        } catch (JMException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The JVM's own table of class loaders has them counted in its last line; not every JVM makes it. Some JVMs have a loader for each method
     * that is called often by reflection, and drop it again: those say nothing of bundles.
     */
    private static void classLoaders(ObjectNode root) {
        try {
            String table = String.valueOf(server().invoke(new ObjectName(DIAGNOSTICS), "vmClassloaderStats",
                    new Object[] {new String[0]}, new String[] {String[].class.getName()}));
            Matcher total = TOTAL.matcher(table);
            if (total.find()) {
                root.put("classLoaders", Integer.parseInt(total.group(1)));
                root.put("accessorLoaders", table.lines().filter(line -> line.endsWith(ACCESSOR)).count());
            }
        } catch (JMException | RuntimeException e) {
            // left out
        }
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }
}
