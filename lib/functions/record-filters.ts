import type { RecordFilter } from './stream-function.ts';

/** Readings of every kind as they are kept; not their removal when the retention is over. */
export const newReadings: RecordFilter = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { kind: { S: ['meter', 'stop', 'status', 'event'] } } },
};

/** Statuses of connectors as they are kept, alone or as part of an event. */
export const newStatuses: RecordFilter = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { kind: { S: ['status', 'event'] } } },
};

/**
 * A session whose start came while another was still open on its connector: the other one is over. The start may
 * follow its own stop, and changes then what that one made.
 */
export const supersedingSessions: RecordFilter = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: {
    NewImage: { kind: { S: ['SESSION'] }, previousSessionId: { S: [{ exists: true }] } },
    OldImage: { previousSessionId: { S: [{ exists: false }] } },
  },
};

/** A session that has ended and has no sealed CDR yet. */
export const endedSessions: RecordFilter = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: {
    NewImage: {
      kind: { S: ['SESSION'] },
      state: { S: ['ended'] },
      cdrSequence: { N: [{ exists: false }] },
    },
  },
};
