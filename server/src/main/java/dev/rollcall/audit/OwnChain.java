package dev.rollcall.audit;

import dev.rollcall.audit.AuditChains.Chain;
import dev.rollcall.outcome.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/** The name of a database's own chain: 32 hexadecimal digits that no other database has. Safe for use by several threads. */
public final class OwnChain {

    private final AuditChains chains;
    private volatile @Nullable String name;

    public OwnChain(AuditChains chains) {
        this.chains = chains;
    }

    /**
     * The name, read once.
     *
     * @throws StoreUnavailableException if it was never read and can't be read now
     */
    public String name() {
        String known = name;
        if (known == null) {
            known = chains.chains().stream()
                    .filter(Chain::own)
                    .map(Chain::name)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the database has no chain of its own"));
            name = known;
        }
        return known;
    }
}
