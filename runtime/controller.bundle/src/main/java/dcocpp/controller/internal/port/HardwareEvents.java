package dcocpp.controller.internal.port;

import java.util.List;

import org.osgi.service.component.annotations.Component;

import dcocpp.api.hardware.HardwareListener;
import dcocpp.api.hardware.TokenRead;

/** Where hardware reports events. References nothing, so that hardware and controller do not wait for each other. */
@Component(service = {HardwareListener.class, HardwareEvents.class})
public final class HardwareEvents implements HardwareListener {

    private final Mailbox<TokenRead> tokens = new Mailbox<>();
    private volatile Runnable changeBell = () -> { };

    @Override
    public void changed(String hardwareName) {
        changeBell.run();
    }

    @Override
    public void tokenRead(TokenRead token) {
        tokens.put(token);
    }

    /** Tokens read since the last call. */
    public List<TokenRead> drainTokens() {
        return tokens.drain();
    }

    /** From now on the bell rings for each event. */
    public void attach(Runnable bell) {
        changeBell = bell;
        tokens.attach(bell);
    }

    /** No more bell. */
    public void detach() {
        changeBell = () -> { };
        tokens.detach();
    }
}
