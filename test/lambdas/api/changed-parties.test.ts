import '../quiet.ts';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAudience } from '../../../lambdas/store/events/audience.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';
import { dieAt } from './die-at.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const partyOf = (partyId: string) => ({
  ...{ countryCode: 'DE', partyId, businessName: 'Ours', roles: ['CPO', 'EMSP'] },
});

/** Seconds that API Gateway gives a call, at most. */
const longestCall = 30;

describe.each([{ isFirst: true }, { isFirst: false }])(
  'PUT /settings/ocpi that dies, of an operator whose first party it is: $isFirst',
  ({ isFirst }) => {
    const expectShown = async (n: number, when: 'before' | 'after'): Promise<boolean> => {
      const operator = await newOperator(database);
      if (!isFirst) await operator.call('PUT', '/settings/ocpi', partyOf('OLD'));
      const known = async () => (await operator.call('GET', '/settings/ocpi')).body;
      const before = await known();
      const { sent, hasDied } = await dieAt(database, n, when, () =>
        operator.call('PUT', '/settings/ocpi', partyOf('NEW')),
      );
      const isChanged = !isDeepStrictEqual(await known(), before);
      if (!hasDied) expect(isChanged).toBe(true);
      if (!isChanged) return hasDied;
      const looks = sent.filter(([, delay]) => !hasDied || delay > longestCall);
      expect([n, when, looks.map(([look]) => look)]).toEqual([
        ...[n, when],
        expect.arrayContaining(['everything', 'tokens']),
      ]);
      const { hasPartners } = await readAudience(database, operator.operatorId, Date.now());
      expect([n, when, hasPartners]).toEqual([n, when, true]);
      return hasDied;
    };

    it('wherever it dies, partners are shown everything as that of the parties which it kept, and nobody has to call again', async () => {
      let n = 0;
      let hasDied = true;
      while (hasDied) {
        n += 1;
        hasDied = await expectShown(n, 'before');
        await expectShown(n, 'after');
      }
      expect(n).toBeGreaterThan(3);
    });
  },
);
