import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CdrCorrection } from '../../../core/cdr/compute/cdr-correction.ts';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { receiptOfToken } from '../../../lambdas/api/receipts/find-receipt.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
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
let tariffId: string;
/** Costs 0.10 EUR per kWh in its first version, and 0.20 EUR in its second, which was made after the sessions. */
let flatId: string;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1', accountId: 'acc' });
  const idOf = async (form: object) =>
    String((await operator.call('POST', '/tariffs', form)).body['tariffId']);
  const flat = { kind: 'simple', name: 'Flat', currency: 'EUR' };
  tariffId = await idOf(byTheHour);
  flatId = await idOf({ ...flat, perKwh: '0.10' });
  await operator.call('PUT', `/tariffs/${flatId}`, { ...flat, perKwh: '0.20' });
});

afterAll(async () => {
  await database.stop();
});

const reason = 'The tariff was wrong for a week.';
const cents = ({ total }: Pick<Cdr, 'total'>): number => Math.round(Number(total?.exclVat) * 100);

const correct = async (cdrId: string, form: object, by = operator) =>
  await by.call('POST', `/cdrs/${cdrId}/corrections`, form);

/** A session of 10 kWh whose CDR is sealed: 4.50 EUR, as its registers at start and stop have it. */
async function sealedSession(): Promise<LateSession> {
  const session = await beginLateSession(database, operator, tariffId);
  await session.stop();
  await settleLate(database, session);
  return session;
}

const shown = async (path: string) => (await operator.call('GET', path)).body;
const codesOf = async (session: LateSession) =>
  ((await shown(`/sessions/${session.sessionId}`))['anomalies'] as { code: string }[]).map(
    ({ code }) => code,
  );

async function receiptOf(cdrId: string) {
  const { body } = await operator.call('POST', `/cdrs/${cdrId}/receipt`);
  return await receiptOfToken(database, String(body['receiptUrl']).split('/').at(-1) ?? '');
}

describe('a tariff that was wrong', () => {
  it('the CDR is credited and the same readings are billed by the tariff that is named, and all of it says who did so and why', async () => {
    const session = await sealedSession();
    const { cdrId } = session;
    const ordered = await correct(cdrId, { reason, tariffId: flatId });
    expect(ordered).toMatchObject({
      status: 202,
      body: {
        cdrId,
        reason,
        tariffId: flatId,
        creditCdrId: `${cdrId}-C`,
        newCdrId: `${cdrId}-2`,
        decidedBy: { name: expect.any(String) },
      },
    });
    expect(await settleLate(database, session)).toEqual(['corrected']);

    const [first, credit, second, ...more] = await expectWholeChain(operator, session.chargerId);
    expect(more).toEqual([]);
    expect([first, credit, second].map((cdr) => cdr && cents(cdr))).toEqual([450, -450, 100]);
    const { decidedAt, decidedBy } = ordered.body;
    const said = { kind: 'tariff', reason, tariffId: flatId, decidedAt, decidedBy };
    expect(first).toMatchObject({ state: 'credited', creditedBy: `${cdrId}-C` });
    expect(credit).toMatchObject({ creditOf: cdrId, correction: said });
    expect(second).toMatchObject({
      replaces: cdrId,
      tariff: { tariffId: flatId, version: 1 },
      evidence: { basis: { correction: { ...said, cdrId } } },
    });
    expect(await shown(`/sessions/${session.sessionId}`)).toMatchObject({
      cdrId: `${cdrId}-2`,
      cost: { exclVat: '1.00' },
    });
    expect(await codesOf(session)).toEqual(['TARIFF_CORRECTED']);
    const receipt = await receiptOf(`${cdrId}-2`);
    expect(receipt).toMatchObject({
      cdrId: `${cdrId}-2`,
      replaces: cdrId,
      correctionReason: reason,
      creditedBy: null,
      due: { exclVat: '1.00' },
    });
  });

  it('a version that is named holds, also one that was made after the session', async () => {
    const session = await sealedSession();
    const form = { reason, tariffId: flatId, tariffVersion: 2 };
    expect(await correct(session.cdrId, form)).toMatchObject({ status: 202, body: form });
    await settleLate(database, session);
    const chain = await expectWholeChain(operator, session.chargerId);
    expect(chain.map(cents)).toEqual([450, -450, 200]);
    expect(chain.at(-1)?.tariff).toMatchObject({ tariffId: flatId, version: 2 });
  });

  it('a corrected CDR may be corrected again, back as well, and the one before may not', async () => {
    const session = await sealedSession();
    const { cdrId } = session;
    await correct(cdrId, { reason, tariffId: flatId });
    await settleLate(database, session);
    const back = { reason: 'It was right.', tariffId };
    expect((await correct(cdrId, back)).code).toBe('CDR_CORRECTED_OTHERWISE');
    expect((await correct(`${cdrId}-C`, back)).code).toBe('CDR_NOT_IN_FORCE');
    expect((await correct(`${cdrId}-3`, back)).code).toBe('CDR_NOT_FOUND');
    expect((await correct(`${cdrId}-2`, back)).status).toBe(202);
    await settleLate(database, session);
    const chain = await expectWholeChain(operator, session.chargerId);
    expect(chain.map(cents)).toEqual([450, -450, 100, -100, 450]);
  });

  it('a reading that comes after the correction is billed by the new tariff', async () => {
    const session = await sealedSession();
    await correct(session.cdrId, { reason, tariffId });
    expect(await settleLate(database, session)).toEqual([]);
    await correct(session.cdrId, { reason, tariffId: flatId });
    await settleLate(database, session);
    await session.read(60, 8000);
    expect(await settleLate(database, session)).not.toContain('corrected');
    expect(await codesOf(session)).toEqual(['TARIFF_CORRECTED']);
    // By the clock the reading matters: 8 of 10 kWh flowed before 17:00, and cost half as much.
    await correct(`${session.cdrId}-2`, { reason, tariffId });
    await settleLate(database, session);
    const chain = await expectWholeChain(operator, session.chargerId);
    expect(chain.map(cents)).toEqual([450, -450, 100, -100, 450]);
  });
});

describe('a bill that is cancelled', () => {
  it('the CDR is credited alone: the session is free, and its receipt asks for nothing and says why', async () => {
    const session = await sealedSession();
    const { cdrId } = session;
    const form = { reason: 'Goodwill.', credit: true };
    expect(await correct(cdrId, form)).toMatchObject({
      status: 202,
      body: { ...form, creditCdrId: `${cdrId}-C`, newCdrId: null },
    });
    expect(await settleLate(database, session)).toEqual(['corrected']);
    const chain = await expectWholeChain(operator, session.chargerId);
    expect(chain.map(cents)).toEqual([450, -450]);
    expect(await shown(`/sessions/${session.sessionId}/cdr`)).toMatchObject({
      cdrId,
      state: 'credited',
    });
    expect(await shown(`/sessions/${session.sessionId}`)).toMatchObject({
      cdrId,
      energyKwh: 10,
      cost: { exclVat: '0.00', inclVat: '0.00' },
    });
    expect(await codesOf(session)).toEqual(['CDR_CREDITED']);
    expect(await receiptOf(cdrId)).toMatchObject({
      cdrId,
      creditedBy: `${cdrId}-C`,
      correctionReason: 'Goodwill.',
      due: { exclVat: '0.00', inclVat: '0.00' },
    });
    expect((await correct(cdrId, { reason, tariffId: flatId })).code).toBe(
      'CDR_CORRECTED_OTHERWISE',
    );
    expect((await correct(`${cdrId}-C`, form)).code).toBe('CDR_NOT_IN_FORCE');
  });

  it('readings that come later bill nothing of it, and are noted once', async () => {
    const session = await sealedSession();
    await correct(session.cdrId, { reason, credit: true });
    await session.read(40, 9000);
    await settleLate(database, session);
    await session.read(60, 8000);
    await settleLate(database, session);
    expect(await settleLate(database, session)).toEqual([]);
    const chain = await expectWholeChain(operator, session.chargerId);
    expect(chain.map(cents)).toEqual([450, -450]);
    expect(await codesOf(session)).toEqual(['CDR_CREDITED']);
  });
});

describe('a correction that is refused', () => {
  it('what cannot be corrected says why, and nothing is kept of it', async () => {
    const session = await sealedSession();
    const { cdrId } = session;
    const swedish = await operator.call('POST', '/tariffs', {
      ...{ kind: 'simple', name: 'Svensk', currency: 'SEK', perKwh: '4' },
    });
    const dear = await operator.call('POST', '/tariffs', {
      ...{ kind: 'simple', name: 'Typo', currency: 'EUR', perKwh: '390' },
    });
    const refusals = [
      [{ reason, tariffId }, 'CORRECTION_CHANGES_NOTHING'],
      [{ reason, tariffId: swedish.body['tariffId'] }, 'CORRECTION_OTHER_CURRENCY'],
      [{ reason, tariffId: dear.body['tariffId'] }, 'CORRECTION_HELD'],
      [{ reason, tariffId: 'tar_none' }, 'TARIFF_NOT_FOUND'],
      [{ reason, tariffId: flatId, tariffVersion: 3 }, 'TARIFF_VERSION_NOT_FOUND'],
      [{ tariffId: flatId }, 'INVALID_REQUEST'],
      [{ reason }, 'INVALID_REQUEST'],
      [{ reason, credit: true, tariffId: flatId }, 'INVALID_REQUEST'],
      [{ reason: ' ', credit: true }, 'INVALID_REQUEST'],
    ] as const;
    for (const [form, code] of refusals) {
      expect([form, (await correct(cdrId, form)).code]).toEqual([form, code]);
    }
    const held = await correct(cdrId, { reason, tariffId: dear.body['tariffId'] });
    expect(held.body['details']).toMatchObject([{ code: 'PRICE_TOO_HIGH' }]);
    const stranger = await newOperator(database, 'Stranger');
    expect((await correct(cdrId, { reason, credit: true }, stranger)).code).toBe('CDR_NOT_FOUND');
    expect(await settleLate(database, session)).toEqual([]);
    expect((await expectWholeChain(operator, session.chargerId)).map(cents)).toEqual([450]);
  });

  it('a held CDR waits for a decision, and a session without a CDR has none to correct', async () => {
    const session = await beginLateSession(database, operator, undefined);
    expect((await correct(session.cdrId, { reason, credit: true })).code).toBe('CDR_NOT_FOUND');
    await session.stop();
    await settleLate(database, session);
    expect((await correct(session.cdrId, { reason, credit: true })).code).toBe('CDR_HELD');
  });
});

/** Everything that may happen to a sealed session at about the same time. */
const steps = [
  'tariff',
  'tariff again',
  'version',
  'credit',
  'reading',
  'stream',
  'queue',
] as const;
type Step = (typeof steps)[number];

const forms = {
  tariff: () => ({ reason, tariffId: flatId }),
  'tariff again': () => ({ reason, tariffId: flatId }),
  version: () => ({ reason, tariffId: flatId, tariffVersion: 2 }),
  credit: () => ({ reason: 'Goodwill.', credit: true }),
} as const;

/** Orders that may be carried out have one effect each; the rest of the time nobody asks. */
async function happens(session: LateSession, step: Step, minute: number): Promise<void> {
  switch (step) {
    case 'reading':
      return await session.read(minute, 8000 + minute);
    case 'stream':
      await carryOn(database, session);
      return;
    case 'queue':
      for (const message of await carryOn(database, session)) await deliver(database, message);
      return;
    default: {
      const { status, code } = await correct(session.cdrId, forms[step]());
      const refusals = ['CDR_CORRECTED_OTHERWISE', 'CDR_NOT_IN_FORCE', 'CDR_CHANGED'];
      expect([202, ...refusals]).toContain(code ?? status);
    }
  }
}

/** The cents and the tariff that the last CDR of a session must have by what was ordered of it. */
const expectedOf = (order: CdrCorrection | undefined, last: Cdr) => {
  if (order === undefined) return { sum: cents(last), tariffId };
  if (order.kind === 'credit') return { sum: 0, tariffId };
  return { sum: order.tariffVersion === 2 ? 200 : 100, tariffId: flatId };
};

/** Expects each CDR to be credited at most once, an order to be carried out at most once, and to hold for all that came after it. */
function expectCorrectedOnce(chain: readonly Cdr[]): void {
  const credits = chain.flatMap(({ creditOf }) => creditOf ?? []);
  expect(new Set(credits).size).toBe(credits.length);
  const [order, ...more] = chain.flatMap(({ correction }) => correction ?? []);
  expect(more).toEqual([]);
  const last = chain.at(-1);
  if (last === undefined) throw new Error('no CDR');
  const sum = chain.reduce((all, cdr) => all + cents(cdr), 0);
  expect({ sum, tariffId: last.tariff?.tariffId }).toEqual(expectedOf(order, last));
  if (order?.kind === 'credit') expect(last.correction).toEqual(order);
}

const together = fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 4 });

it('whatever is ordered at once or again, and whenever readings come, a CDR is credited once, and its session billed once by what was ordered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(together, { minLength: 1, maxLength: 4 }), async (rounds) => {
      const session = await sealedSession();
      for (const [index, round] of rounds.entries()) {
        await Promise.all(
          round.map(async (step, n) => await happens(session, step, 60 + index + n / 10)),
        );
      }
      await settleLate(database, session);
      const before = await expectWholeChain(operator, session.chargerId);
      // An order gets its answer again, and is done no second time.
      const isOrdered = before.some(({ correction }) => correction !== undefined);
      if (isOrdered) {
        const answers = await Promise.all(
          Object.values(forms).map(async (form) => await correct(session.cdrId, form())),
        );
        expect(answers.some(({ status }) => status === 202)).toBe(true);
        await settleLate(database, session);
      }

      expectCorrectedOnce(before);
      expect(await expectWholeChain(operator, session.chargerId)).toEqual(before);
    }),
    {
      numRuns: 15,
      examples: [
        [
          [
            ['credit', 'credit', 'tariff'],
            ['queue', 'reading', 'queue'],
          ],
        ],
      ],
    },
  );
});
