package dcocpp.hwsim.internal;

import java.util.List;

import dcocpp.api.hardware.ContactorState;
import dcocpp.api.hardware.CpState;
import dcocpp.api.hardware.Fault;
import dcocpp.api.hardware.GunState;
import dcocpp.api.hardware.HardwareSnapshot;
import dcocpp.api.hardware.HlcState;
import dcocpp.api.hardware.ModuleState;

/** Finds what a controller should look at now; voltages and currents alone are no reason. */
final class Changes {

    private Seen last;

    Changes(HardwareSnapshot first) {
        this.last = Seen.of(first);
    }

    boolean since(HardwareSnapshot taken) {
        Seen now = Seen.of(taken);
        boolean changed = !now.equals(last);
        last = now;
        return changed;
    }

    private record Seen(List<Gun> guns, List<Boolean> modules, List<Contact> contactors) {

        static Seen of(HardwareSnapshot snapshot) {
            return new Seen(snapshot.guns().stream().map(Gun::of).toList(), snapshot.modules().stream().map(ModuleState::healthy).toList(),
                    snapshot.contactors().stream().map(Contact::of).toList());
        }
    }

    private record Gun(boolean linkUp, boolean safe, List<Fault> faults, CpState cp, boolean locked, boolean authorized, HlcState hlc) {

        static Gun of(GunState gun) {
            return new Gun(gun.linkUp(), gun.safe(), gun.faults(), gun.cp(), gun.lockEngaged(), gun.authorizedEcho(), gun.hlc());
        }
    }

    private record Contact(ContactorState.Position position, boolean welded, boolean stuckOpen) {

        static Contact of(ContactorState contactor) {
            return new Contact(contactor.position(), contactor.welded(), contactor.stuckOpen());
        }
    }
}
