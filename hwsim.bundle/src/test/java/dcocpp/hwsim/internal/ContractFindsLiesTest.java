package dcocpp.hwsim.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.ContactorState.Position;
import dcocpp.api.hardware.GunCommand.Authorization;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.Hardware;
import dcocpp.api.hardware.HardwareCapabilities;
import dcocpp.api.hardware.HardwareCommand;
import dcocpp.api.hardware.HardwareException;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.MeterReading;
import dcocpp.api.topology.Topology;
import dcocpp.hardwarekit.HardwareBench;
import dcocpp.hardwarekit.HardwareContract;

/** A contract that everybody passes is none: each lie of hardware is found by the rule that is about it. */
class ContractFindsLiesTest {

    private static Arguments lie(String rule, String what, UnaryOperator<Hardware> between) {
        return Arguments.of(rule, what, between);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("refusesACabinetThatItCannotDriveWithAReasonForPeople", "drives anything", ContractFindsLiesTest::opensAlways),
                lie("closingLeavesEverythingOpenInTime", "does not close", hardware -> new HardwareBetween(hardware) {
                    @Override
                    public void close() {
                        // On purpose.
                    }
                }),
                lie("everyPartOfTheCabinetIsThereOnce", "forgets a contactor",
                        hardware -> HardwareBetween.contactors(hardware, all -> all.subList(1, all.size()))),
                lie("itsTimeNeverRunsBackwardsIsNeverInTheFutureAndNeverOld", "repeats an old snapshot", ContractFindsLiesTest::frozen),
                lie("whatItSaysThatItMeasuresItMeasures", "has no sensor for the temperature it gives",
                        hardware -> capable(hardware, new HardwareCapabilities(true, true, false))),
                lie("busContactorsCloseExactlyWhereItSaysThatItCan", "closes what it says that it cannot",
                        hardware -> capable(hardware, new HardwareCapabilities(true, false, true))),
                lie("busContactorsCloseExactlyWhereItSaysThatItCan", "closes none",
                        hardware -> HardwareBetween.busContactors(hardware, Set.of())),
                lie("theAgeOfACommandCountsFromItsIssueHoweverOftenItIsRepeated", "counts from the call", ContractFindsLiesTest::younger),
                lie("aCommandThatIsOldWhenItComesSwitchesNothing", "counts from the call", ContractFindsLiesTest::younger),
                lie("forcedOffIsOffWhateverElseIsCommanded", "is not forced",
                        hardware -> HardwareBetween.gunCommands(hardware, gun -> HardwareBetween.wish(gun, gun.authorization(), false,
                                gun.clearFaults(), gun.offerCurrentA()))),
                lie("withoutAGrantTheGunContactorDoesNotClose", "grants by itself",
                        hardware -> HardwareBetween.gunCommands(hardware, gun -> HardwareBetween.wish(gun, Authorization.GRANTED, gun.forceOff(),
                                gun.clearFaults(), gun.offerCurrentA()))),
                lie("aLowerOfferIsFollowedAndNoneIsAPause", "offers what it likes",
                        hardware -> HardwareBetween.gunCommands(hardware, gun -> HardwareBetween.wish(gun, gun.authorization(), gun.forceOff(),
                                gun.clearFaults(), 40))),
                lie("setPointsOfModulesAreNotExceeded", "gives what it likes", hardware -> HardwareBetween.modulesAt(hardware, 20)),
                lie("whatIsLatchedStaysUntilAnOperatorClearsIt", "clears by itself", ContractFindsLiesTest::clearing),
                lie("eachFaultIsReportedWithItsCauseAndAtItsGunOnly", "is always safe",
                        hardware -> HardwareBetween.guns(hardware, gun -> HardwareBetween.gun(gun, true, true, gun.meter()))),
                lie("aLostLinkIsNoticedAndNothingIsClaimedAfterwards", "reports what it has commanded", ContractFindsLiesTest::sureOfContactors),
                lie("aContactorThatDoesNotCloseIsSeenOpen", "reports what it has commanded", ContractFindsLiesTest::echo),
                lie("aContactorThatDoesNotOpenIsReported", "reports what it has commanded", ContractFindsLiesTest::echo),
                lie("whatFlowsIsMeasuredAndCounted", "counts half",
                        hardware -> HardwareBetween.guns(hardware, gun -> HardwareBetween.gun(gun, gun.safe(), gun.linkUp(), half(gun)))),
                lie("theVehicleAsksForPowerAfterGrantLockCableCheckAndPrecharge", "is never safe",
                        hardware -> HardwareBetween.guns(hardware, gun -> HardwareBetween.gun(gun, false, gun.linkUp(), gun.meter()))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lies")
    void eachLieIsFoundByItsRule(String rule, String what, UnaryOperator<Hardware> between) {
        assertThrows(AssertionError.class, () -> run(rule, between), what);
    }

    @Test
    void theRulesThatFindLiesPassWithoutThem() {
        List<String> rules = lies().map(lie -> (String) lie.get()[0]).distinct().toList();
        List<String> red = new ArrayList<>();
        for (String rule : rules) {
            try {
                run(rule, UnaryOperator.identity());
            } catch (AssertionError failure) {
                red.add(rule + ": " + failure.getMessage());
            }
        }
        assertTrue(red.isEmpty(), red.toString());
    }

    /** One rule as JUnit would run it. */
    private static void run(String rule, UnaryOperator<Hardware> between) {
        HardwareContract contract = new HardwareContract() {
            @Override
            protected HardwareBench bench() {
                return new SimulatedBench(between);
            }
        };
        call(contract, method(BeforeEach.class, any -> true));
        try {
            call(contract, method(Test.class, method -> method.getName().equals(rule)));
        } finally {
            call(contract, method(AfterEach.class, any -> true));
        }
    }

    private static Method method(Class<? extends Annotation> kind, Function<Method, Boolean> wanted) {
        return Stream.concat(Arrays.stream(HardwareContract.class.getMethods()), Arrays.stream(HardwareContract.class.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(kind) && wanted.apply(method)).findFirst().orElseThrow();
    }

    private static void call(Object target, Method method) {
        try {
            method.setAccessible(true);
            method.invoke(target);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw new AssertionError(failure.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // ---- the lies

    private static Hardware capable(Hardware honest, HardwareCapabilities said) {
        return new HardwareBetween(honest) {
            @Override
            public HardwareCapabilities capabilities() {
                return said;
            }
        };
    }

    private static Hardware opensAlways(Hardware honest) {
        return new HardwareBetween(honest) {
            @Override
            public void open(Topology topology) throws HardwareException {
                honest.close();
                honest.open(TestTopology.ring(3));
            }
        };
    }

    private static Hardware frozen(Hardware honest) {
        return new HardwareBetween(honest) {
            private HardwareSnapshot first;

            @Override
            public HardwareSnapshot snapshot() {
                first = first == null ? honest.snapshot() : first;
                return first;
            }
        };
    }

    private static Hardware younger(Hardware honest) {
        return new HardwareBetween(honest) {
            @Override
            public void command(HardwareCommand command) {
                honest.command(new HardwareCommand(command.number(), honest.snapshot().takenNanos(), command.guns(), command.modules(),
                        command.closedBusContactors()));
            }
        };
    }

    private static Hardware clearing(Hardware honest) {
        long[] count = new long[1];
        return HardwareBetween.gunCommands(honest, gun -> HardwareBetween.wish(gun, gun.authorization(), gun.forceOff(), ++count[0],
                gun.offerCurrentA()));
    }

    /** Without feedback a contactor is called open. */
    private static Hardware sureOfContactors(Hardware honest) {
        return HardwareBetween.contactors(honest, all -> all.stream().map(contactor -> contactor.position() == Position.UNKNOWN
                ? at(contactor, Position.OPEN) : contactor).toList());
    }

    private static Hardware echo(Hardware honest) {
        return new HardwareBetween(honest) {
            private boolean closed;

            @Override
            public void command(HardwareCommand command) {
                closed = command.guns().stream().anyMatch(gun -> gun.connectorId() == 1 && gun.closeContactor());
                honest.command(command);
            }

            @Override
            public HardwareSnapshot snapshot() {
                HardwareSnapshot taken = honest.snapshot();
                return new HardwareSnapshot(taken.takenNanos(), taken.condition(), taken.detail(), taken.guns(), taken.modules(),
                        taken.contactors().stream().map(contactor -> contactor.contactorId().equals("GC_1")
                                ? at(contactor, closed ? Position.CLOSED : Position.OPEN) : contactor).toList());
            }
        };
    }

    private static ContactorState at(ContactorState contactor, Position position) {
        return new ContactorState(contactor.contactorId(), position, false, false, contactor.sinceNanos(), contactor.operations());
    }

    private static MeterReading half(GunState gun) {
        MeterReading meter = gun.meter();
        return new MeterReading(meter.valid(), meter.registerMilliWh() / 2, meter.voltageV(), meter.currentA(), meter.powerW(),
                meter.takenNanos());
    }
}
