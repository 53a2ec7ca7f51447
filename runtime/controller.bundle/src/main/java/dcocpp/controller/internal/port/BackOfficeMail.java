package dcocpp.controller.internal.port;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.osgi.service.component.annotations.Component;

import dcocpp.api.backoffice.AuthorizationAnswer;
import dcocpp.api.backoffice.BackOfficeInbox;
import dcocpp.api.backoffice.BackOfficeLink;
import dcocpp.api.backoffice.BackOfficeState;
import dcocpp.api.backoffice.TransactionVerdict;

/** Where a protocol bundle puts what the back office wants. References nothing. */
@Component(service = {BackOfficeInbox.class, BackOfficeMail.class})
public final class BackOfficeMail implements BackOfficeInbox {

    private final Mailbox<AuthorizationAnswer> answers = new Mailbox<>();
    private final Mailbox<TransactionVerdict> verdicts = new Mailbox<>();
    private final AtomicReference<BackOfficeState> wishes = new AtomicReference<>();
    private volatile Runnable bell = () -> { };
    private volatile Duration plugInTimeout = Duration.ofSeconds(60);

    @Override
    public void wants(BackOfficeState state) {
        wishes.accumulateAndGet(state, (old, fresh) -> old == null || fresh.number() >= old.number() ? fresh : old);
        bell.run();
    }

    @Override
    public void authorized(AuthorizationAnswer answer) {
        answers.put(answer);
    }

    @Override
    public void judged(TransactionVerdict verdict) {
        verdicts.put(verdict);
    }

    @Override
    public void plugInTimeout(Duration timeout) {
        plugInTimeout = timeout;
    }

    @Override
    public void link(BackOfficeLink link) {
        bell.run();
    }

    /** How long an accepted token waits for its plug. */
    public Duration plugInTimeout() {
        return plugInTimeout;
    }

    /** Answers since the last call. */
    public List<AuthorizationAnswer> drainAnswers() {
        return answers.drain();
    }

    /** Verdicts since the last call. */
    public List<TransactionVerdict> drainVerdicts() {
        return verdicts.drain();
    }

    /** The wishes handed in since the last call; null when there are no new ones. */
    public BackOfficeState takeWishes() {
        return wishes.getAndSet(null);
    }

    /** From now on the bell rings for each message. */
    public void attach(Runnable newBell) {
        bell = newBell;
        answers.attach(newBell);
        verdicts.attach(newBell);
    }

    /** No more bell. */
    public void detach() {
        bell = () -> { };
        answers.detach();
        verdicts.detach();
    }
}
