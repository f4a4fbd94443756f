package dev.bootproof.vmprovisioner;

import dev.bootproof.events.CleanupDue;
import dev.bootproof.events.Lease;
import dev.bootproof.events.RunId;
import dev.bootproof.stage.LeaseBook;
import jakarta.inject.Singleton;

/** What the lease book says of it: a run that was to be kept has ended, and its cleanup is not due yet. */
@Singleton
class KeptByLease implements Kept {
    private final LeaseBook book;

    KeptByLease(LeaseBook book) {
        this.book = book;
    }

    @Override
    public boolean isKept(RunId run) {
        return book.lease(run).filter(KeptByLease::kept).isPresent();
    }

    private static boolean kept(Lease lease) {
        return lease.state() == CleanupDue.State.ENDED
                && lease.pins() != null
                && lease.pins().keep() != null;
    }
}
