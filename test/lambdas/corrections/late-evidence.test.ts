import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReview } from '../../../lambdas/store/cdrs/corrections.ts';
import { isMarkedBy, marksOf } from '../../../lambdas/store/readings/reading-marks.ts';
import type { MessageRecord } from '../../../lambdas/store/readings/readings.ts';
import { readSession } from '../../../lambdas/store/sessions/sessions.ts';
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

describe('the marks of readings', () => {
  it('the marks of readings recognise each reading, and no other', () => {
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

  it('there are no marks for more readings than fit into an item', () => {
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

  it('a session without marks is corrected by time only', async () => {
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
