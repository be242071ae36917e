package dev.rollcall.http.admission;

/** Budgets and leases for the tests of other packages. */
public final class Budgets {

    private Budgets() {}

    public static BodyBudget of(RequestLimits limits) {
        return new BodyBudget(limits);
    }

    /** Revokes a lease, as a request that waits for memory does. */
    public static void revoke(BodyLease lease) {
        lease.revoke();
    }
}
