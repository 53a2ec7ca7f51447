package dcocpp.modeltest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.Journal;
import dcocpp.api.journal.JournalStamp;
import dcocpp.api.journal.StopReason;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.simrun.charger.SimulatedCsms;
import dcocpp.simrun.charger.SimulatedCsms.Transaction;

/** Whether CSMS and journal agree once everything is delivered. */
final class Verdict {
    private static final int ALL = 10_000;
    /**
     * The journal holds a sample of every 10 s, the CSMS hears of live values between them: after a power cut the end is the last sample
     * of the journal, and a value from after it may lie above by what flows until the next one, 60 kW for 10 s.
     */
    private static final double CUT_OFF_WH = 60_000 * 10 / 3600.0;
    /** Taken from the moment that the CSMS refused a tag until its transaction has ended: current down, contactor open. */
    private static final Duration OBEDIENCE = Duration.ofSeconds(10);
    /** The charge point leaves its clock alone within this. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

    private final SimulatedCsms csms;
    private final List<String> faults;
    private final Map<Integer, Long> stoppedAt = new HashMap<>();
    private int transactions;

    Verdict(SimulatedCsms csms, Journal journal, boolean drained) {
        this.csms = csms;
        faults = new ArrayList<>(csms.faults());
        if (!drained) {
            faults.add("not all was delivered within the time given");
        }
        Map<Integer, TransactionRecord> byNumber = new HashMap<>();
        List<TransactionRecord> records = new ArrayList<>(journal.transactions(ALL));
        records.sort((one, other) -> Long.compare(one.started().stamp().number(), other.started().stamp().number()));
        for (TransactionRecord record : records) {
            transactions++;
            judge(record, byNumber);
        }
        for (Transaction transaction : csms.transactions()) {
            if (!byNumber.containsKey(transaction.number())) {
                faults.add("the CSMS has a transaction that the journal does not have: " + transaction.start());
            }
        }
        judgeOrder(byNumber);
    }

    private void judge(TransactionRecord record, Map<Integer, TransactionRecord> byNumber) {
        String id = record.started().transactionId();
        if (record.stopped() == null) {
            faults.add(id + " has no end in the journal");
            return;
        }
        if (record.startDelivery().state() != Delivery.State.DELIVERED || record.stopDelivery().state() != Delivery.State.DELIVERED) {
            faults.add(id + " is not marked as delivered: " + record.startDelivery() + ", " + record.stopDelivery());
        }
        List<Transaction> same = csms.transactions().stream().filter(one -> matches(one.start(), record)).toList();
        if (same.size() != 1) {
            faults.add(id + " is there " + same.size() + " times at the CSMS");
            return;
        }
        Transaction transaction = same.get(0);
        byNumber.put(transaction.number(), record);
        expect(id + " number in the journal", Integer.toString(transaction.number()), record.startDelivery().detail());
        if (transaction.stop() == null) {
            faults.add(id + " never ended at the CSMS");
            return;
        }
        long meterStop = Math.floorDiv(record.stopped().meterMilliWh(), 1000);
        expect(id + " meterStop", meterStop, transaction.stop().get("meterStop").longValue());
        if (!tells(transaction.stop(), record.stopped().stamp())) {
            faults.add(id + " ended at " + record.stopped().stamp() + " and the CSMS heard of " + transaction.stop());
        }
        transaction.refusedNanos().ifPresent(refused -> {
            if (record.stopped().stamp().nanos() - refused > OBEDIENCE.toNanos()) {
                faults.add(id + " goes on though the CSMS has refused its tag");
            }
        });
        long meterStart = transaction.start().get("meterStart").longValue();
        Long before = stoppedAt.put(record.started().connectorId(), meterStop);
        if (meterStop < meterStart || before != null && meterStart < before) {
            faults.add(id + " counts from " + meterStart + " to " + meterStop + " Wh, the one before ended at " + before);
        }
        judgeMeterValues(id, transaction, meterStart,
                record.stopped().reason() == StopReason.POWER_LOSS ? meterStop + CUT_OFF_WH : meterStop);
    }

    /** The energy of a transaction never runs backwards and stays between its begin and its end. */
    private void judgeMeterValues(String id, Transaction transaction, long meterStart, double highest) {
        double last = meterStart;
        for (JsonNode payload : transaction.meterValues()) {
            expect(id + " connector of a meter value", transaction.start().get("connectorId"), payload.get("connectorId"));
            for (JsonNode value : payload.get("meterValue").get(0).get("sampledValue")) {
                if (value.path("measurand").asText().equals("Energy.Active.Import.Register")) {
                    double energy = Double.parseDouble(value.get("value").textValue());
                    if (energy < last || Math.floor(energy) > highest) {
                        faults.add(id + " has " + energy + " Wh after " + last + " and at most " + highest);
                    }
                    last = energy;
                }
            }
        }
    }

    private boolean matches(JsonNode start, TransactionRecord record) {
        return start.get("connectorId").intValue() == record.started().connectorId()
                && start.get("idTag").textValue().equals(record.started().token().idTag())
                && start.get("meterStart").longValue() == Math.floorDiv(record.started().meterMilliWh(), 1000)
                && tells(start, record.started().stamp());
    }

    /** Its time is the journal's, or the right one: what was not sent before the first contact is corrected then. */
    private boolean tells(JsonNode payload, JournalStamp stamp) {
        Instant told = Instant.parse(payload.get("timestamp").textValue());
        return told.toEpochMilli() == stamp.at().toEpochMilli()
                || Duration.between(told, csms.at(stamp.nanos())).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    }

    /** The CSMS hears of starts and stops in the order of the journal, over all connectors. */
    private void judgeOrder(Map<Integer, TransactionRecord> byNumber) {
        long last = 0;
        for (SimulatedCsms.Heard heard : csms.heard()) {
            TransactionRecord record = byNumber.get(heard.transaction().number());
            if (record != null && record.stopped() != null) {
                long number = heard.start() ? record.started().stamp().number() : record.stopped().stamp().number();
                if (number < last) {
                    faults.add("event " + number + " of the journal came after event " + last);
                }
                last = number;
            }
        }
    }

    private void expect(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            faults.add(what + " is " + found + " and should be " + expected);
        }
    }

    List<String> faults() {
        return faults;
    }

    int transactions() {
        return transactions;
    }
}
