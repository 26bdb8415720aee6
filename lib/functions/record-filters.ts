import type { RecordFilter } from './stream-function.ts';

/** Readings of every kind as they are kept; not their removal when the retention is over. */
export const newReadings: RecordFilter = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { kind: { S: ['meter', 'stop', 'status', 'event'] } } },
};

/** Statuses of connectors as they are kept, alone or as part of an event, and ends of sessions, after which nothing is charged. */
export const newStatuses: RecordFilter = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { kind: { S: ['status', 'event', 'stop'] } } },
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

/**
 * A session whose transaction has the id of another one, sealed or not: what was taken for its own may be that one's, and it may be over
 * without a stop.
 */
export const dividedSessions: RecordFilter = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: {
    NewImage: { kind: { S: ['SESSION'] }, part: { M: { of: { S: [{ exists: true }] } } } },
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

/** A session whose sealed CDR an operator ordered a correction of, as long as it is not carried out. */
export const orderedCorrections: RecordFilter = {
  eventName: ['MODIFY'],
  dynamodb: {
    NewImage: { kind: { S: ['SESSION'] }, correction: { S: [{ exists: true }] } },
  },
};

/** Changes that may be events: Lambda takes five patterns at most. */
export const changesThatMatter: readonly RecordFilter[] = [
  {
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: {
      NewImage: {
        kind: {
          S: [
            ...['SESSION', 'LIVE', 'CONNECTOR', 'HELD', 'WEBHOOK', 'COMMAND'],
            ...['ACCOUNT', 'LIMITREACHED', 'CAMPAIGN', 'BILL'],
            // Roaming partners see these.
            ...['LOCATION', 'CHARGER', 'TARIFF', 'RESERVATIONNUMBER'],
            // A party behind a hub for which something may wait.
            'HUBCLIENT',
          ],
        },
        // A command that nobody ordered has one.
        origin: { S: [{ exists: false }] },
      },
    },
  },
  // To be credited changes nothing of a sealed CDR.
  { eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['CDR'] } } } },
  // A charger that came has not been heard since. What it says later, four times an hour, is no news.
  {
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: {
      NewImage: { kind: { S: ['CONNECTION'] }, lastSeenAt: { S: [{ exists: false }] } },
    },
  },
  {
    eventName: ['MODIFY'],
    dynamodb: {
      NewImage: { kind: { S: ['CONNECTION'] }, disconnectedAt: { S: [{ exists: true }] } },
    },
  },
  // A charger that was deleted while it was connected.
  {
    eventName: ['MODIFY'],
    dynamodb: {
      NewImage: { kind: { S: ['DELETED'] } },
      OldImage: { kind: { S: ['CONNECTION'] }, disconnectedAt: { S: [{ exists: false }] } },
    },
  },
];
