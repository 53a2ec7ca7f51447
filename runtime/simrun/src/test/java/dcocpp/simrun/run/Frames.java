package dcocpp.simrun.run;

import dcocpp.ocppcheck.FrameCheck;
import dcocpp.simrun.charger.SimulatedCsms;

/** Every frame between charger and back office is right by the schemas of OCPP, or the test fails. */
final class Frames implements SimulatedCsms.Witness {

    private final FrameCheck check = FrameCheck.ofTest();

    @Override
    public void sent(String text) {
        check.sent(text);
    }

    @Override
    public void received(String text) {
        check.received(text);
    }
}
