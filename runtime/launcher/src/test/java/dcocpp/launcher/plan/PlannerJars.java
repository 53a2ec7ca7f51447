package dcocpp.launcher.plan;

import dcocpp.api.planner.ChargePlanner;
import dcocpp.api.planner.GunInput;
import dcocpp.api.planner.Island;
import dcocpp.api.planner.Plan;
import dcocpp.api.planner.PlannerMemory;
import dcocpp.api.planner.PlanningInput;
import dcocpp.api.planner.SlotInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars that hold the planners below, as a bundle holds them, with their classes. */
final class PlannerJars {
    private PlannerJars() {
    }

    /** A jar with this planner and the usual description of its component. */
    static Path of(Path folder, Class<?> planner) throws IOException {
        return jar(folder.resolve(planner.getSimpleName() + ".jar"), "OSGI-INF/planner.xml", component(ChargePlanner.class.getName(),
                planner.getName()), planner);
    }

    static String component(String service, String implementation) {
        return "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"planner\"><service><provide interface=\"" + service
                + "\"/></service><implementation class=\"" + implementation + "\"/></scr:component>";
    }

    /** A jar with this header, description and class. */
    static Path jar(Path file, String header, String description, Class<?> planner) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!header.isEmpty()) {
            manifest.getMainAttributes().putValue("Service-Component", header);
        }
        try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new JarEntry("OSGI-INF/planner.xml"));
            jar.write(description.getBytes(StandardCharsets.UTF_8));
            if (planner != null) {
                String name = planner.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(name));
                try (InputStream in = planner.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(jar);
                }
            }
        }
        return file;
    }

    /** Each gun gets the modules of its own slot; prints to standard output, as a careless planner may. */
    public static final class HomeSlots implements ChargePlanner {
        @Override
        public Plan plan(PlanningInput input) {
            System.out.println("planning");
            List<Island> islands = new ArrayList<>();
            for (GunInput gun : input.guns()) {
                SlotInput slot = input.slots().stream().filter(each -> each.connectorId() == gun.connectorId()).findFirst().orElseThrow();
                List<String> modules = new ArrayList<>();
                double capacityW = 0;
                for (var module : slot.modules()) {
                    modules.add(module.moduleId());
                    capacityW += module.capacityW();
                }
                double powerW = Math.min(gun.demandW(), capacityW);
                islands.add(new Island(gun.connectorId(), List.of(slot.slotId()), modules, powerW, powerW / gun.voltageV(), gun.voltageV(),
                        powerW < gun.demandW() ? Island.Reason.MODULES : Island.Reason.DEMAND));
            }
            return new Plan(islands, Set.of(), PlannerMemory.NONE);
        }
    }

    /** Does not return while the grid limit is 1 kW, throws at 2 kW, gives no plan at 3 kW and nonsense at 4 kW. */
    public static final class Bad implements ChargePlanner {
        @Override
        public Plan plan(PlanningInput input) {
            switch ((int) input.gridLimitW()) {
                case 1000:
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Plan.EMPTY;
                case 2000:
                    throw new IllegalStateException("no idea");
                case 3000:
                    return null;
                case 4000:
                    return new Plan(List.of(new Island(1, List.of(77), List.of("?"), Double.NaN, 0, 0, Island.Reason.GRID)), Set.of(),
                            PlannerMemory.NONE);
                default:
                    return Plan.EMPTY;
            }
        }
    }

    /** Needs a framework. */
    public static final class Demanding implements ChargePlanner {
        public Demanding(String configuration) {
            throw new UnsupportedOperationException(configuration);
        }

        @Override
        public Plan plan(PlanningInput input) {
            return Plan.EMPTY;
        }
    }

    /** Cannot be made. */
    public static final class Broken implements ChargePlanner {
        public Broken() {
            throw new IllegalStateException("out of order");
        }

        @Override
        public Plan plan(PlanningInput input) {
            return Plan.EMPTY;
        }
    }
}
