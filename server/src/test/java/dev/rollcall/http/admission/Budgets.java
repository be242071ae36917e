package dev.rollcall.http.admission;

/** Budgets and leases for the tests of other packages. */
public final class Budgets {

    private Budgets() {}

    public static BodyBudget of(RequestLimits limits) {
        return new BodyBudget(limits);
    }

    /** Calls a lease back, as whoever waits for room does. */
    public static void callBack(BodyLease lease) {
        lease.callBack();
    }
}
