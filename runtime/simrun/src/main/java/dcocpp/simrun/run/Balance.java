package dcocpp.simrun.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;

import dcocpp.api.journal.Delivery;
import dcocpp.api.journal.TransactionRecord;
import dcocpp.api.topology.ConnectorSettings;
import dcocpp.simrun.charger.Accounts;
import dcocpp.simrun.charger.Energy;
import dcocpp.simrun.charger.SimulatedCsms;
import dcocpp.simrun.charger.SteppedCabinet;

/**
 * The energy of a scenario, counted in five places with a counter each: at the grid, at the modules, at the guns' meters, at the
 * inlets of the cars, and in the journal, whose readings the back office has. What came from the grid and what the modules gave and lost
 * agree to the nanojoule, and so do modules, meters and cars; the journal to the milliwatt-hour, the back office to the watt-hour.
 *
 * @param gridMilliWh what came from the grid, mWh
 * @param lostMilliWh how much of that became heat in the modules, mWh
 * @param modulesMilliWh what the modules gave, mWh
 * @param metersMilliWh what the meters counted, mWh
 * @param carsMilliWh what the cars took, mWh
 * @param heatMilliWh how much of that became heat in batteries and cables, mWh
 * @param transactionsMilliWh what the journal's transactions have, those included that still run, mWh
 * @param outsideMilliWh what the journal's readings say has flown outside any transaction, mWh: what a power cut or a silent
 *        PLC has taken from one
 * @param backOfficeWh what the back office's transactions have, those that have ended, Wh
 * @param backOfficeEndedMilliWh what the same transactions have in the journal, mWh
 * @param differences what does not agree, in words; empty = everything does
 */
public record Balance(long gridMilliWh, long lostMilliWh, long modulesMilliWh, long metersMilliWh, long carsMilliWh, long heatMilliWh, long transactionsMilliWh,
        long outsideMilliWh, long backOfficeWh, long backOfficeEndedMilliWh, List<String> differences) {

    private static final long MILLI = 1000;

    /** Everything agrees. */
    @JsonProperty
    public boolean exact() {
        return differences.isEmpty();
    }

    /**
     * Adds up.
     *
     * @param records all transactions of the journal
     * @param end the site at the end, with power
     */
    static Balance of(Site site, List<TransactionRecord> records, Moment end) {
        Reckoning reckoning = new Reckoning(site);
        Accounts accounts = site.cabinet().accounts();
        Energy cars = site.taken();
        reckoning.agree("the grid gave", accounts.grid(), "the modules gave and lost", accounts.modules().plus(accounts.lost()));
        reckoning.agree("the modules gave", accounts.modules(), "the meters counted", accounts.meters());
        reckoning.agree("the meters counted", accounts.meters(), "the cars took", cars);
        Map<Integer, List<TransactionRecord>> byGun = new HashMap<>();
        records.stream().sorted(Comparator.comparingLong(record -> record.started().stamp().number()))
                .forEach(record -> byGun.computeIfAbsent(record.started().connectorId(), id -> new ArrayList<>()).add(record));
        for (ConnectorSettings connector : site.file().topology().connectors()) {
            reckoning.gun(connector, byGun.getOrDefault(connector.id(), List.of()), accounts.meter(connector.id()), end);
        }
        return new Balance(accounts.grid().milliWh(), accounts.lost().milliWh(), accounts.modules().milliWh(), accounts.meters().milliWh(), cars.milliWh(), site.heatMilliWh(),
                reckoning.transactions, reckoning.outside, reckoning.backOffice, reckoning.backOfficeEnded, reckoning.differences);
    }

    private static final class Reckoning {

        private final Site site;
        private final Map<Integer, SimulatedCsms.Transaction> known = new HashMap<>();
        private final List<String> differences = new ArrayList<>();
        private long transactions;
        private long outside;
        private long backOffice;
        private long backOfficeEnded;

        private Reckoning(Site site) {
            this.site = site;
            site.csms().transactions().forEach(transaction -> known.put(transaction.number(), transaction));
        }

        private void agree(String one, Energy first, String other, Energy second) {
            if (!first.equals(second)) {
                Energy difference = first.minus(second);
                differences.add(one + " " + first + ", " + other + " " + second + ": a difference of " + difference.milliWh()
                        + " mWh and " + difference.nanoJ() + " nJ");
            }
        }

        /** From the register at the start over each start and stop in the journal to what the controller shows at the end. */
        private void gun(ConnectorSettings connector, List<TransactionRecord> records, Energy metered, Moment end) {
            int id = connector.id();
            long first = lifetime(connector, SteppedCabinet.firstRegisterMilliWh(id));
            long last = end.connector(id).orElseThrow().live().registerMilliWh();
            long shown = site.cabinet().physics().registerMilliWh(id).orElseThrow();
            // A meter forgets the part of a milliwatt-hour that it had begun when its power goes.
            long forgotten = SteppedCabinet.firstRegisterMilliWh(id) + metered.milliWh() - shown;
            if (forgotten < 0 || forgotten > site.powerCuts()) {
                differences.add("gun " + id + ": " + metered + " went through the meter, its register shows " + shown + " mWh");
            }
            long register = lifetime(connector, shown);
            if (last != register) {
                differences.add("gun " + id + ": the meter makes " + register + " mWh, the controller counts " + last + " mWh");
            }
            long at = first;
            for (TransactionRecord record : records) {
                long start = record.started().meterMilliWh();
                long stop = record.stopped() == null ? last : record.stopped().meterMilliWh();
                outside(id, record, start - at);
                if (stop < start) {
                    differences.add(record.started().transactionId() + " ends at " + stop + " mWh and began at " + start);
                }
                transactions += stop - start;
                at = stop;
                compare(record, start, stop);
            }
            outside(id, null, last - at);
        }

        /** What flew after the last reading is missing in its transaction where the meter could not be read any more; nowhere else. */
        private void outside(int connectorId, TransactionRecord before, long milliWh) {
            outside += milliWh;
            if (milliWh < 0 || milliWh > 0 && !site.unread(connectorId)) {
                differences.add(milliWh + " mWh have flown outside any transaction"
                        + (before == null ? " at the end" : ", before " + before.started().transactionId()));
            }
        }

        private static long lifetime(ConnectorSettings connector, long register) {
            long first = SteppedCabinet.firstRegisterMilliWh(connector.id());
            long base = Math.max(0, Math.round(connector.meterOffsetWh() * MILLI) + Math.round(first * connector.meterScale()));
            return base + Math.round((register - first) * connector.meterScale());
        }

        private void compare(TransactionRecord record, long start, long stop) {
            if (record.startDelivery().state() != Delivery.State.DELIVERED) {
                return;
            }
            String id = record.started().transactionId();
            SimulatedCsms.Transaction transaction = known.get(Integer.parseInt(record.startDelivery().detail()));
            if (transaction == null) {
                differences.add(id + " was delivered, and the back office does not have it");
                return;
            }
            same(id + " meterStart", Math.floorDiv(start, MILLI), transaction.start().path("meterStart").longValue());
            if (transaction.stop() != null) {
                long meterStop = transaction.stop().path("meterStop").longValue();
                same(id + " meterStop", Math.floorDiv(stop, MILLI), meterStop);
                backOffice += meterStop - transaction.start().path("meterStart").longValue();
                backOfficeEnded += stop - start;
            }
        }

        private void same(String what, long journalWh, long backOfficeWh) {
            if (journalWh != backOfficeWh) {
                differences.add(what + " is " + journalWh + " Wh in the journal and " + backOfficeWh + " Wh at the back office");
            }
        }
    }
}
