package dev.rollcall.attendance;

/** The same rules at every site. */
record SamePolicy(AttendancePolicy policy) implements AttendancePolicies {

    @Override
    public AttendancePolicy at(String site) {
        return policy;
    }

    @Override
    public String version() {
        return policy.toString();
    }
}
