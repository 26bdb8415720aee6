import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import type { CorrectionMessage } from '../../../lambdas/billing/correction-message.ts';
import { makeCdr } from '../../../lambdas/cdr/make-cdr.ts';
import { type Folded, foldSpan } from '../../../lambdas/tariff/fold-readings.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  at,
  cdrHelpers,
  messageRecords,
  newOperator,
  type TestOperator,
  testSigner,
} from '../plant.ts';
import {
  beginLateSession,
  byTheHour,
  carryOn,
  deliver,
  expectWholeChain,
  type LateSession,
  settleLate,
} from './late-plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  tariffId = (await operator.call('POST', '/tariffs', byTheHour)).body['tariffId'];
});

afterAll(async () => {
  await database.stop();
});

const cents = ({ total }: Cdr): number => Math.round(Number(total?.exclVat) * 100);

/** Registers by minute; the whole of them has 8 of the 10 kWh flow before 17:00: 3.60 EUR. */
const lateOnes = [
  [40, 1000],
  [59, 7900],
  [60, 8000],
  [75, 9000],
] as const;

const order = fc.shuffledSubarray([...lateOnes], { minLength: lateOnes.length });

async function sealedSession(): Promise<LateSession> {
  const session = await beginLateSession(database, operator, tariffId);
  await session.read(35, 200, 'onTime');
  await session.stop();
  await settleLate(database, session);
  return session;
}

/** Steps for a late reading before the next one arrives: it may be repeated, processed, and even reviewed. */
type Fate = { readonly again: boolean; readonly carried: boolean; readonly delivered: boolean };

const fate: fc.Arbitrary<Fate> = fc.record({
  again: fc.boolean(),
  carried: fc.boolean(),
  delivered: fc.boolean(),
});

/** Sends late readings one after the other; gives who asked for a correction and was not listened to. */
async function sendLate(
  session: LateSession,
  readings: readonly (readonly [minute: number, wh: number])[],
  fates: readonly Fate[],
  isDelivered: (fate: Fate) => boolean,
): Promise<readonly CorrectionMessage[]> {
  const asked: CorrectionMessage[] = [];
  for (const [index, [minute, wh]] of readings.entries()) {
    const how = fates[index];
    if (how === undefined) continue;
    await session.read(minute, wh, index);
    if (how.again) await session.read(minute, wh, index + 100);
    if (how.carried) asked.push(...(await carryOn(database, session)));
    if (!isDelivered(how)) continue;
    for (const message of await carryOn(database, session)) await deliver(database, message);
  }
  return [...asked, ...(await carryOn(database, session))];
}

const fates = fc.array(fate, { minLength: lateOnes.length, maxLength: lateOnes.length });

it('late readings that arrive together give one credit and one CDR, in any order and number', async () => {
  await fc.assert(
    fc.asyncProperty(order, fates, fc.gen(), async (readings, how, gen) => {
      const session = await sealedSession();
      const asked = await sendLate(session, readings, how, () => false);
      const twice = [...asked, ...asked];
      const shuffled = gen(fc.shuffledSubarray, twice, { minLength: twice.length });
      for (const message of shuffled) await deliver(database, message);
      await settleLate(database, session);

      const [original, credit, correction, ...more] = await expectWholeChain(
        operator,
        session.chargerId,
      );
      expect([correction && cents(correction), more]).toEqual([360, []]);
      expect(original && credit && cents(original) + cents(credit)).toBe(0);
    }),
    { numRuns: 5 },
  );
});

it('late readings that arrive one by one end in the same bill, and the rest is credited', async () => {
  await fc.assert(
    fc.asyncProperty(order, fates, async (readings, how) => {
      const session = await sealedSession();
      for (const message of await sendLate(session, readings, how, ({ delivered }) => delivered)) {
        await deliver(database, message);
      }
      await settleLate(database, session);

      const chain = await expectWholeChain(operator, session.chargerId);
      const [last] = chain.slice(-1);
      expect(last && cents(last)).toBe(360);
      expect(chain.reduce((sum, cdr) => sum + cents(cdr), 0)).toBe(360);
      expect(chain.filter(({ state }) => state === 'credited')).toHaveLength(
        (chain.length - 1) / 2,
      );
    }),
    { numRuns: 5 },
  );
});

/** Has something happen just before the session's CDR is written for the first time. */
async function atTheSeal(happens: () => Promise<void>, action: () => Promise<unknown>) {
  let first = true;
  database.client.middlewareStack.add(
    (next, context) => async (args) => {
      if (first && String(context.commandName).startsWith('TransactWriteItems')) {
        first = false;
        await happens();
      }
      return await next(args);
    },
    { step: 'initialize', name: 'at-the-seal' },
  );
  try {
    await action();
  } finally {
    database.client.middlewareStack.remove('at-the-seal');
  }
}

it('no reading is lost that is added to the running view while the CDR is being sealed', async () => {
  const session = await beginLateSession(database, operator, tariffId);
  await session.read(35, 200, 'onTime');
  await carryOn(database, session);
  await session.stop();
  const asked: CorrectionMessage[] = [];
  const digests: string[] = [];
  const helpers = {
    ...cdrHelpers,
    sign: async (digest: string) => {
      digests.push(digest);
      return await testSigner(digest);
    },
    askForCorrection: async (message: CorrectionMessage) => {
      asked.push(message);
    },
  };

  await atTheSeal(
    async () => {
      await session.read(60, 8000);
      const [late] = (await messageRecords(database)).filter(
        ({ sessionId, at }) => sessionId === session.sessionId && at.includes('T17:00'),
      );
      if (late === undefined) throw new Error('not kept');
      // Nobody has closed its running view yet: to whoever folds it in it is a reading like any other.
      expect(await foldSpan(database, [late], 'now')).toEqual([{ kind: 'written' }]);
    },
    async () => expect(await makeCdr(database, helpers, session.sessionId)).toBe('sealed'),
  );

  expect(asked).toHaveLength(1);
  // The same CDR, tried again: a signature costs more than all the rest of it.
  expect(digests).toHaveLength(1);
  for (const message of asked) await deliver(database, message);
  expect((await expectWholeChain(operator, session.chargerId)).map(cents).at(-1)).toBe(360);
});

it('no signed value is lost that does not change the running view while the CDR is being sealed', async () => {
  const session = await beginLateSession(database, operator, tariffId);
  await session.read(35, 200, 'onTime');
  await carryOn(database, session);
  const signed = { value: 'OCMF|{}|{}', format: 'SignedData' };
  const message = {
    connectorId: 1,
    transactionId: session.transactionId,
    meterValue: [{ timestamp: at(60), sampledValue: [signed] }],
  };
  const foldSigned = async () => {
    const [kept] = (await messageRecords(database)).filter(
      ({ sessionId, at }) => sessionId === session.sessionId && at.includes('T17:00'),
    );
    if (kept === undefined) throw new Error('not kept');
    return await foldSpan(database, [kept], 'now');
  };
  await session.stop();
  const folded: Folded[] = [];

  await atTheSeal(
    async () => {
      await session.send('MeterValues', message);
      folded.push(...(await foldSigned()));
    },
    () => makeCdr(database, cdrHelpers, session.sessionId),
  );

  const [cdr] = await expectWholeChain(operator, session.chargerId);
  expect(cdr?.evidence.readings).toBe(2);
  expect(folded).toMatchObject([{ kind: 'late', correction: { sessionId: session.sessionId } }]);
});
