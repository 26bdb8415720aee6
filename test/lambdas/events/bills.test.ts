import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mostPayments } from '../../../core/payment/bill.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { beginLateSession, byTheHour, settleLate } from '../corrections/late-plant.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { type Steps, startSteps } from '../run-steps.ts';

let database: TestDatabase;
let steps: Steps;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  steps = await startSteps(database);
});
afterAll(async () => {
  steps.stop();
  await database.stop();
});

/** Delivers the sealed CDRs of an operator, as the stream hands them over, twice and in both orders. */
async function deliver({ operatorId }: TestOperator): Promise<void> {
  const records = (await steps.recordsOf(database.state)).filter(
    ({ dynamodb: { NewImage } }) =>
      NewImage['kind']?.S === 'CDR' && NewImage['pk']?.S?.includes(operatorId),
  );
  await Promise.all([
    steps.run('events', { Records: records }),
    steps.run('events', { Records: records.toReversed() }),
  ]);
}

const billed = async (adapter: string) => {
  const operator = await newOperator(database);
  await operator.call('PUT', '/settings/payments', { adapter });
  await operator.call('POST', '/tokens', { tokenId: 'TAG1', accountId: 'acc1' });
  const { tariffId } = (await operator.call('POST', '/tariffs', byTheHour)).body;
  const session = await beginLateSession(database, operator, tariffId);
  await session.stop();
  await settleLate(database, session);
  await deliver(operator);
  return { operator, session, path: `/cdrs/${session.cdrId}/payments` };
};

const captured = { reference: 'INV-1', kind: 'captured', amount: '4.50', currency: 'EUR' };

it('a session of an operator with bills is unpaid until another system says what it did, and its credit makes a refund due', async () => {
  const { operator, session, path } = await billed('invoice');
  const inState = async (state: string) =>
    (await operator.call('GET', `/payments?state=${state}`)).body.items?.length;
  expect((await operator.call('GET', path)).body).toMatchObject({
    state: 'unpaid',
    due: '4.50',
    open: '4.50',
  });
  expect(await inState('unpaid')).toBe(1);

  const failed = { ...captured, reference: 'INV-0', kind: 'failed' };
  expect((await operator.call('POST', path, failed)).body).toMatchObject({ state: 'failed' });
  expect([await inState('unpaid'), await inState('failed')]).toEqual([0, 1]);

  const answers = await Promise.all([
    operator.call('POST', path, captured),
    operator.call('POST', path, captured),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect((await operator.call('GET', path)).body).toMatchObject({
    state: 'paid',
    received: '4.50',
    open: '0.00',
    payments: [{ reference: 'INV-0' }, { reference: 'INV-1' }],
  });
  const other = { ...captured, amount: '4.51' };
  expect((await operator.call('POST', path, other)).code).toBe('PAYMENT_REFERENCE_USED');
  const francs = { ...captured, reference: 'INV-2', currency: 'CHF' };
  expect((await operator.call('POST', path, francs)).code).toBe('PAYMENT_OTHER_CURRENCY');

  await session.read(60, 8000);
  expect(await settleLate(database, session)).toEqual(['corrected']);
  await deliver(operator);
  expect((await operator.call('GET', path)).body).toMatchObject({
    state: 'refund-due',
    due: '3.60',
    open: '-0.90',
  });
  expect((await operator.call('GET', path)).body['cdrs']).toHaveLength(3);
  const refunded = { reference: 'R-1', kind: 'refunded', amount: '0.90', currency: 'EUR' };
  expect((await operator.call('POST', path, refunded)).body).toMatchObject({ state: 'paid' });
  // The card of its driver is no more.
  const back = { ...refunded, reference: 'R-2', kind: 'refund-failed' };
  expect((await operator.call('POST', path, back)).body).toMatchObject({
    state: 'failed',
    received: '4.50',
    open: '-0.90',
  });
  expect(await inState('failed')).toBe(1);
  const cash = { ...refunded, reference: 'R-3' };
  expect((await operator.call('POST', path, cash)).body).toMatchObject({ state: 'paid' });
});

it.each([
  ['EUR', '4.505', false],
  ['EUR', '4.500', true],
  ['JPY', '450.5', false],
  ['KWD', '4.505', true],
])('a payment in %s of %s is of whole coins: %s', async (currency, amount, isWhole) => {
  const { operator, path } = await billed('invoice');
  const { code, body } = await operator.call('POST', path, { ...captured, currency, amount });

  if (isWhole) expect(code).toBe(currency === 'EUR' ? undefined : 'PAYMENT_OTHER_CURRENCY');
  else
    expect([code, body['details']]).toMatchObject(['INVALID_REQUEST', [{ path: 'body.amount' }]]);
});

it('a bill is not stopped by more payments than it has room for, and a later credit still reaches it', async () => {
  const { operator, session, path } = await billed('invoice');
  const stored = { ...captured, amount: '0.01' };
  for (let n = 1; n <= mostPayments; n += 1) {
    const answer = await operator.call('POST', path, { ...stored, reference: `${n}` });
    expect(answer.status).toBe(200);
  }

  expect((await operator.call('POST', path, stored)).code).toBe('PAYMENTS_TOO_MANY');
  expect((await operator.call('POST', path, { ...stored, reference: '1' })).status).toBe(200);
  const failed = { ...stored, kind: 'failed' };
  expect((await operator.call('POST', path, failed)).status).toBe(200);
  await session.read(60, 8000);
  expect(await settleLate(database, session)).toEqual(['corrected']);
  await deliver(operator);
  expect((await operator.call('GET', path)).body).toMatchObject({ due: '3.60', received: '1.00' });
});

it('an operator without bills has none, and nothing is written for its sessions', async () => {
  const { operator, path } = await billed('none');
  expect((await operator.call('GET', path)).code).toBe('BILL_NOT_FOUND');
  expect((await operator.call('POST', path, captured)).code).toBe('BILL_NOT_FOUND');
  expect((await operator.call('GET', '/payments')).body.items).toEqual([]);
});
