package dcocpp.ocpp.internal.reservation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dcocpp.api.backoffice.Reservation;
import dcocpp.api.session.ConnectorSnapshot;
import dcocpp.api.session.ConnectorStatus;

/** Whether one more reservation can be promised, as ReserveNow answers it (OCPP 1.6, 5.13). */
enum Vacancy {
    Accepted, Faulted, Occupied, Unavailable;

    /**
     * Decides.
     *
     * @param connectors the charger as it is
     * @param others the reservations in force, without one that the new one replaces
     * @param connectorId what shall be reserved; 0 = any one
     */
    static Vacancy of(List<ConnectorSnapshot> connectors, List<Reservation> others, int connectorId) {
        Set<Integer> named = others.stream().map(Reservation::connectorId).filter(id -> id != 0).collect(Collectors.toSet());
        List<ConnectorSnapshot> free = connectors.stream().filter(Vacancy::free).filter(one -> !named.contains(one.connectorId())).toList();
        // Each reservation without a connector needs one that nobody else was promised.
        long anywhere = others.stream().filter(reservation -> reservation.connectorId() == 0).count();
        boolean enough = free.size() > anywhere;
        if (connectorId != 0) {
            ConnectorSnapshot wanted = connectors.stream().filter(one -> one.connectorId() == connectorId).findFirst().orElseThrow();
            return wanted.status() == ConnectorStatus.FAULTED ? Faulted
                    : wanted.status() == ConnectorStatus.UNAVAILABLE ? Unavailable
                    : free.contains(wanted) && enough ? Accepted : Occupied;
        }
        if (enough) {
            return Accepted;
        }
        Set<ConnectorStatus> all = connectors.stream().map(ConnectorSnapshot::status).collect(Collectors.toSet());
        return all.equals(Set.of(ConnectorStatus.UNAVAILABLE)) ? Unavailable
                : Set.of(ConnectorStatus.UNAVAILABLE, ConnectorStatus.FAULTED).containsAll(all) ? Faulted : Occupied;
    }

    /** Nobody uses it; for whom it is reserved is another matter. */
    private static boolean free(ConnectorSnapshot connector) {
        return connector.status() == ConnectorStatus.AVAILABLE || connector.status() == ConnectorStatus.RESERVED;
    }
}
