package dcocpp.update.internal;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dcocpp.api.time.TimeSource;
import dcocpp.api.update.InstallJob;

/** Brings jobs from one state to the next: on disk and in the log. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private final Store store;
    private final TimeSource time;

    Progress(Store store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    void to(Job job, InstallJob.State state, String reason) {
        Job changed = job.with(state, reason, time.now());
        if (state == InstallJob.State.FAILED) {
            LOG.error("{}: failed: {}", job, reason);
        } else {
            LOG.info("{}: {} {}", job, state, reason);
        }
        try {
            store.change(changed);
        } catch (IOException e) {
            LOG.error("{}: its state {} cannot be written: {}; a restart will not know of it", job, state, e.toString());
        }
    }
}
