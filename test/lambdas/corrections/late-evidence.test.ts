import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReview } from '../../../lambdas/store/corrections.ts';
import { couldCount, lateness } from '../../../lambdas/store/evidence.ts';
import { isMarkedBy, marksOf } from '../../../lambdas/store/reading-marks.ts';
import type { MessageRecord } from '../../../lambdas/store/readings.ts';
import type { StoredSession } from '../../../lambdas/store/session-item.ts';
import { readSession } from '../../../lambdas/store/sessions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import {
  beginLateSession,
  byTheHour,
  carryOn,
  expectWholeChain,
  settleLate,
} from './late-plant.ts';

const time = (hour: number) => `2026-04-14T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** A session from 10 to 12 whose stop we received at 13. */
const stored: StoredSession = {
  session: {
    sessionId: 'ses_1',
    operatorId: 'op',
    chargerId: 'CP',
    evseId: 1,
    connectorId: 1,
    transactionId: '1',
    protocol: 'ocpp1.6',
    state: 'ended',
    start: {
      startedAt: time(10),
      receivedAt: time(10),
      tokenId: 'TAG',
      authorization: 'Accepted',
    },
    stop: { endedAt: time(12), receivedAt: time(13), reason: 'Local' },
    timeZone: 'UTC',
    anomalies: [],
  },
  chargerKey: 'cp',
  shard: 0,
  version: 1,
};

const readingOf = (change: Partial<MessageRecord> & { at: string }): MessageRecord => ({
  key: `${change.at}#meter#0`,
  kind: 'meter',
  operatorId: 'op',
  chargerId: 'CP',
  chargerKey: 'cp',
  evseId: 1,
  connectorId: 1,
  sessionId: 'ses_1',
  protocol: 'ocpp1.6',
  receivedAt: time(13),
  raw: '{}',
  ...change,
});

const ofConnector = (at: string): MessageRecord => {
  const { sessionId: _none, ...rest } = readingOf({ at, kind: 'status', receivedAt: time(15) });
  return rest;
};

describe('what came too late', () => {
  it('is told by the time at which it was kept, where nothing else tells', () => {
    const isLate = lateness(stored);

    expect(isLate(readingOf({ at: time(11) }))).toBe(false);
    expect(isLate(readingOf({ at: time(11), receivedAt: time(14) }))).toBe(true);
    expect(isLate(readingOf({ at: time(11), keptAt: time(14) }))).toBe(true);
    expect(isLate(readingOf({ at: time(12), kind: 'stop', receivedAt: time(14) }))).toBe(false);
  });

  it('counts up to the time until which it was let count, and no other stop with it', () => {
    const isLate = lateness({ ...stored, lateUntil: time(15) });

    expect(isLate(readingOf({ at: time(11), receivedAt: time(15) }))).toBe(false);
    expect(isLate(readingOf({ at: time(11), receivedAt: time(16) }))).toBe(true);
    expect(isLate(readingOf({ at: time(11), kind: 'stop', receivedAt: time(15) }))).toBe(true);
    expect(isLate(ofConnector(time(11)))).toBe(false);
    expect(isLate(ofConnector(time(12)))).toBe(true);
  });

  it('is told by the decision of an operator before all', () => {
    const decision = {
      kind: 'accept' as const,
      reason: 'So it was.',
      decidedAt: time(14),
      decidedBy: { apiKeyId: 'k', name: 'Desk' },
    };
    const isLate = lateness({ ...stored, decision, lateUntil: time(20) });

    expect(isLate(readingOf({ at: time(11), receivedAt: time(14) }))).toBe(false);
    expect(isLate(readingOf({ at: time(11), receivedAt: time(15) }))).toBe(true);
  });

  it('could say something, unless it is of another stop or of the very end', () => {
    expect(couldCount(readingOf({ at: time(12) }), stored)).toBe(true);
    expect(couldCount(readingOf({ at: time(12), kind: 'stop' }), stored)).toBe(true);
    expect(couldCount(readingOf({ at: time(11), kind: 'stop' }), stored)).toBe(false);
    expect(couldCount(ofConnector(time(11)), stored)).toBe(true);
    expect(couldCount(ofConnector(time(12)), stored)).toBe(false);
  });
});

describe('the marks of readings', () => {
  it('know each reading again, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 })), (keys) => {
        const readings = keys.map((key) => readingOf({ at: time(11), key }));
        const [first, ...others] = readings;
        const isMarked = isMarkedBy(marksOf(others) ?? '');

        expect(others.every(isMarked)).toBe(true);
        expect(first === undefined || !isMarked(first)).toBe(true);
      }),
    );
  });

  it('are none of more readings than an item could hold', () => {
    const readings = Array.from({ length: 3001 }, (_, index) =>
      readingOf({ at: time(11), key: String(index) }),
    );

    expect(marksOf(readings)).toBeUndefined();
    expect(marksOf(readings.slice(1))).toHaveLength(18_000);
  });
});

describe('a session without marks', () => {
  let database: TestDatabase;
  let operator: TestOperator;

  beforeAll(async () => {
    database = await openDatabase('dynoxide');
    operator = await newOperator(database);
    await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  });

  afterAll(async () => {
    await database.stop();
  });

  it('is corrected by time alone', async () => {
    const { tariffId } = (await operator.call('POST', '/tariffs', byTheHour)).body;
    const session = await beginLateSession(database, operator, tariffId);
    await session.stop();
    await settleLate(database, session);
    const sealed = await readSession(database, session.sessionId, true);
    if (sealed === undefined) throw new Error('no session');
    await writeReview(database, sealed, 'LATE_READINGS', { version: 1, counted: {} });
    expect(await carryOn(database, session)).toEqual([]);
    await session.read(60, 8000);

    expect(await settleLate(database, session)).toEqual(['corrected']);

    const chain = await expectWholeChain(operator, session.chargerId);
    expect(chain.map(({ evidence }) => evidence.readings)).toEqual([1, 1, 2]);
  });
});
