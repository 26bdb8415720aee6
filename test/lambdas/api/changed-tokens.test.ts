import '../quiet.ts';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { changesCounted, dieAt } from './die-at.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const haveOperator = async (role: string): Promise<TestOperator> => {
  const operator = await newOperator(database);
  const party = { countryCode: 'DE', partyId: 'EMS', businessName: 'Ours', roles: [role] };
  expect((await operator.call('PUT', '/settings/ocpi', party)).status).toBe(200);
  return operator;
};

/** Ways to change a token, each of which is given one that no other has changed. */
const ways = {
  'POST /tokens': async ({ call }: TestOperator, tokenId: string) =>
    await call('POST', '/tokens', { tokenId }),
  'POST /tokens with an Idempotency-Key': async ({ call }: TestOperator, tokenId: string) =>
    await call('POST', '/tokens', { tokenId }, { 'idempotency-key': tokenId }),
  'PUT /tokens': async ({ call }: TestOperator, tokenId: string) =>
    await call('PUT', `/tokens/${tokenId}`, { status: 'Blocked' }),
  'PUT /tokens with If-Match': async ({ call }: TestOperator, tokenId: string) =>
    await call('PUT', `/tokens/${tokenId}`, { status: 'Blocked' }, { 'if-match': '*' }),
  'DELETE /tokens': async ({ call }: TestOperator, tokenId: string) =>
    await call('DELETE', `/tokens/${tokenId}`),
};

const rows = Object.entries(ways).flatMap(([name, change]) =>
  ['EMSP', 'CPO'].map((role) => ({ name, change, role })),
);

describe.each(rows)('$name of an operator that is $role', ({ name, change, role }) => {
  /** Has a call die; gives whether it came to that. */
  async function expectHeard(n: number, when: 'before' | 'after'): Promise<boolean> {
    const operator = await haveOperator(role);
    const tokenId = `TAG-${n}-${when}`;
    if (!name.startsWith('POST')) await operator.call('POST', '/tokens', { tokenId });
    const known = async () => await operator.call('GET', `/tokens/${tokenId}`);
    const counted = async () => await changesCounted(database, operator.operatorId);
    const [before, countBefore] = [await known(), await counted()];
    const { sent, hasDied } = await dieAt(database, n, when, () => change(operator, tokenId));
    const isChanged = !isDeepStrictEqual(await known(), before);
    const isCounted = !isDeepStrictEqual(await counted(), countBefore);
    const isHeard = sent.some(([told]) => told === tokenId);
    expect([n, when, isCounted]).toEqual([n, when, isChanged]);
    if (isChanged) expect([n, when, isHeard]).toEqual([n, when, role === 'EMSP']);
    if (!hasDied) expect(isChanged).toBe(true);
    return hasDied;
  }

  it('wherever it dies, partners hear of what changed, local lists are out of date, and nobody has to call again', async () => {
    let n = 0;
    let hasDied = true;
    while (hasDied) {
      n += 1;
      hasDied = await expectHeard(n, 'before');
      await expectHeard(n, 'after');
    }
    expect(n).toBeGreaterThan(role === 'EMSP' ? 3 : 1);
  });
});
