package dcocpp.ocpp.internal.core;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.ocpp.internal.feature.ActionHandler;
import dcocpp.ocpp.internal.feature.Calls;
import dcocpp.ocpp.internal.message.Catalogue;
import dcocpp.ocpp.internal.message.Schema;
import dcocpp.ocpp.internal.rpc.CallHandler;
import dcocpp.ocpp.internal.rpc.ErrorCode;
import dcocpp.ocpp.internal.rpc.Frame;
import dcocpp.ocpp.internal.rpc.Reply;

/**
 * Brings each call of the back office to its handler, if its payload has passed the schema. An action that OCPP 1.6 does not have is
 * NotImplemented, one that nobody here does is NotSupported. Used on the owner thread only.
 */
final class CallRouter implements CallHandler, Calls {
    private static final Logger LOG = LoggerFactory.getLogger(CallRouter.class);

    private final Catalogue catalogue;
    private final BooleanSupplier mute;
    private final Consumer<String> onInvalid;
    private final BooleanSupplier strict;
    private final Map<String, ActionHandler> handlers = new HashMap<>();

    /**
     * @param mute whether calls are left unanswered
     * @param onInvalid hears of messages that are none of OCPP
     * @param strict whether calls with fields that OCPP 1.6 does not know are refused
     */
    CallRouter(Catalogue catalogue, BooleanSupplier mute, Consumer<String> onInvalid, BooleanSupplier strict) {
        this.strict = strict;
        this.catalogue = catalogue;
        this.mute = mute;
        this.onInvalid = onInvalid;
    }

    @Override
    public void on(String action, ActionHandler handler) {
        catalogue.get(action);
        if (handlers.put(action, handler) != null) {
            throw new IllegalStateException(action + " has two handlers");
        }
    }

    @Override
    public void onCall(Frame.Call call, Reply reply) {
        if (mute.getAsBoolean()) {
            LOG.info("{} is not answered: the back office has rejected this charge point", call.action());
            reply.withhold();
            return;
        }
        if (call.type().isEmpty()) {
            reply.error(ErrorCode.NotImplemented, "OCPP 1.6 has no action " + call.action());
            return;
        }
        ActionHandler handler = handlers.get(call.action());
        if (handler == null) {
            reply.error(ErrorCode.NotSupported, call.type().get().sender().backOffice()
                    ? "this charge point does not offer the profile " + call.type().get().profile()
                    : "only a charge point sends " + call.action());
            return;
        }
        Schema.Findings findings = call.findings();
        if (findings.faultText() != null) {
            LOG.warn("{} breaks its schema: {}", call.action(), findings.faultText());
            reply.error(ErrorCode.FormationViolation, findings.faultText());
            onInvalid.accept(call.action() + ": " + findings.faultText());
            return;
        }
        if (!findings.unknown().isEmpty()) {
            if (strict.getAsBoolean()) {
                reply.error(ErrorCode.FormationViolation, "OCPP 1.6 does not know " + String.join(", ", findings.unknown()));
                return;
            }
            LOG.info("{} has fields that OCPP 1.6 does not know, ignored: {}", call.action(), findings.unknown());
        }
        handler.handle(call.payload(), reply);
    }

    @Override
    public void onInvalid(String reason) {
        onInvalid.accept(reason);
    }
}
