package io.rist4j.session;

import io.rist4j.session.link.RequestBatch;

import org.jspecify.annotations.Nullable;

/**
 * A batch of requests for each path, made when it is first asked for. Filled and written within one
 * pass, so that all flows of a session share them.
 */
final class RequestBatches {
    private final @Nullable RequestBatch[] byRow;

    /** Above the last path whose batch may hold something. */
    private int end;

    RequestBatches(int rows) {
        byRow = new RequestBatch[rows];
    }

    /** The batch of a path, to be added to. */
    RequestBatch of(int row) {
        RequestBatch batch = byRow[row];
        if (batch == null) {
            batch = new RequestBatch();
            byRow[row] = batch;
        }
        end = Math.max(end, row + 1);
        return batch;
    }

    /** Paths whose batches may hold something are below. */
    int end() {
        return end;
    }

    /** The batch of a path, or null when it holds nothing. */
    @Nullable RequestBatch waiting(int row) {
        RequestBatch batch = byRow[row];
        return batch == null || batch.size() == 0 ? null : batch;
    }

    /** Every batch was written. */
    void clear() {
        end = 0;
    }
}
