package dcocpp.controller.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

import dcocpp.api.hardware.Hardware;
import dcocpp.controller.internal.config.ChargePointSettings;
import dcocpp.controller.internal.config.Configs;
import dcocpp.controller.internal.journal.JournalComponent;
import dcocpp.controller.internal.port.BackOfficeMail;
import dcocpp.controller.internal.port.CommandDesk;
import dcocpp.controller.internal.port.HardwareEvents;
import dcocpp.controller.internal.port.StatusBoard;
import dcocpp.testkit.FakeTimeSource;

/** The component as Declarative Services treats it, in a framework that starts. */
class ChargerControllerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Map<String, Object> NAME = Map.of(Hardware.NAME, "sim");

    @TempDir
    Path folder;

    private final FakeTimeSource time = new FakeTimeSource();
    private final StatusBoard board = new StatusBoard(time);
    private final IdealHardware one = new IdealHardware(time);
    private final IdealHardware other = new IdealHardware(time);
    private final Set<Object> listeners = new HashSet<>();
    private int frameworkState = Bundle.STARTING;
    private JournalComponent journal;
    private ChargerController controller;

    @BeforeEach
    void construct() {
        ChargePointSettings settings = Configs.chargePoint(folder, Map.of());
        journal = new JournalComponent(settings);
        controller = new ChargerController(context(), time, settings, Configs.site(Map.of("gridLimitKW", "100")), journal, board,
                new HardwareEvents(), new BackOfficeMail(), new CommandDesk());
        controller.bindConnector(Configs.connector(1, 1, Map.of()));
        Configs.ring(1, 1).forEach(controller::bindSlot);
    }

    @AfterEach
    void closeJournal() {
        journal.store().close();
    }

    @Test
    void nothingIsTakenBeforeAllThatIsThereHasBeenBound() {
        frameworkState = Bundle.ACTIVE;
        controller.bindHardware(one, NAME);
        time.advance(SECOND);
        controller.bindHardware(other, NAME);
        controller.begin();
        time.advance(SECOND);
        assertEquals("2 hardware bundles named sim: uninstall all but one", board.latest().orElseThrow().hardwareDetail());
        assertFalse(one.open || other.open);
    }

    @Test
    void whatComesBeforeTheFrameworkHasStartedIsSeenBeforeAnyIsTaken() {
        controller.bindHardware(one, NAME);
        controller.begin();
        time.advance(SECOND);
        assertFalse(one.open);
        controller.bindHardware(other, NAME);
        frameworkHasStarted();
        time.advance(SECOND);
        assertEquals("2 hardware bundles named sim: uninstall all but one", board.latest().orElseThrow().hardwareDetail());
        assertFalse(one.open || other.open);
    }

    @Test
    void theOnlyOneIsTakenWhenTheFrameworkHasStarted() {
        controller.bindHardware(one, NAME);
        controller.begin();
        time.advance(SECOND);
        assertFalse(one.open);
        frameworkHasStarted();
        time.advance(ChargerFixture.TICK);
        assertTrue(one.open);
    }

    private void frameworkHasStarted() {
        frameworkState = Bundle.ACTIVE;
        for (Object listener : listeners) {
            if (listener instanceof FrameworkListener framework) {
                framework.frameworkEvent(new FrameworkEvent(FrameworkEvent.STARTED, context().getBundle(0), null));
            }
        }
    }

    /** Knows its listeners and the state of the framework. */
    private BundleContext context() {
        Bundle framework = proxy(Bundle.class, (method, argument) -> method.equals("getState") ? frameworkState : null);
        return proxy(BundleContext.class, (method, argument) -> {
            if (method.startsWith("add")) {
                listeners.add(argument);
            }
            return method.equals("getBundle") ? framework : null;
        });
    }

    private interface Answer {
        Object to(String method, Object argument);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments == null ? null : arguments[0])));
    }
}
