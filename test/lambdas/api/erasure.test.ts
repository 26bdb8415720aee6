import '../quiet.ts';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SettledCdr } from '../../../core/ocpi/settle/settle.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { RoamingServices } from '../../../lambdas/roaming/roaming-services.ts';
import { noteRunning } from '../../../lambdas/store/accounts/account-use.ts';
import { roamingSumPart } from '../../../lambdas/store/accounts/roaming-sums.ts';
import { type Item, toItem } from '../../../lambdas/store/table/item.ts';
import { limitReachedKey } from '../../../lambdas/store/table/keys/account-keys.ts';
import { operatorConfigurationKey } from '../../../lambdas/store/table/keys/operator-keys.ts';
import { unpackedText } from '../../../lambdas/store/table/packed-text.ts';
import { transact } from '../../../lambdas/store/table/transact.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { putItem } from '../../contracts/put-item.ts';
import { expectWholeChain } from '../corrections/late-plant.ts';
import { callApi, newOperator, plugIn, scan, settle, type TestOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';
import { start, stop } from '../test-site.ts';
import { changesCounted, dieAt } from './die-at.ts';

let database: TestDatabase;
let operator: TestOperator;

const person = {
  name: 'Nora Fjord',
  email: 'nora@fjord.example',
  externalRef: 'D-10017',
  vatId: 'DE123456789',
};

/** The rows of docs/data.md that do not delete, each with the words of the answer for it. */
const keptByRow = {
  'sessions, sealed CDRs, statements, sums of a day or month by account': [
    'cdrs',
    'sessions',
    'sums',
  ],
  'CDRs and sessions of our drivers at roaming partners': ['roaming-cdrs'],
  'tokens that partners were given': ['partner-tokens'],
  'messages of chargers, which name the token': ['readings'],
  'what a charger itself keeps: cache, local list, customer information, logs': ['chargers'],
  'logs that chargers uploaded': ['charger-logs'],
  'bills and references of payments': ['payments'],
  'links to receipts': ['receipts'],
  'uses of a promo code, counted by token or account': ['promo-codes'],
  'commands that named the token': ['commands'],
  'events, deliveries of webhooks, answers kept for repetition': ['events'],
  'failure queues: records that a step could not process, which may hold account and token as they were':
    ['failures'],
  logs: ['logs'],
  backups: ['backups'],
  'what partners and webhooks were sent': ['recipients'],
};

beforeEach(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  const { call } = operator;
  const limits = { energyKwh: '1000' };
  await call('POST', '/accounts', { accountId: 'acc-1', currency: 'EUR', ...person, limits });
  const another = { accountId: 'acc-2', currency: 'EUR', name: 'Another', limits };
  await call('POST', '/accounts', another);
  for (const tokenId of ['TAG1', 'TAG2'])
    await call('POST', '/tokens', { tokenId, accountId: 'acc-1' });
  await call('POST', '/tokens', { tokenId: 'OTHER', accountId: 'acc-2' });
  const { tariffId } = (
    await call('POST', '/tariffs', { name: 'AC', currency: 'EUR', perKwh: '0.5' })
  ).body;
  await call('POST', '/chargers', { chargerId: 'CP-1', tariffId, maxPowerKw: 22 });
  const charger = await plugIn(database, 'cp-1');
  const { transactionId } = await charger.call('StartTransaction', start());
  await charger.call('StopTransaction', stop(transactionId));
  await settle(database);
  for (const accountId of ['acc-1', 'acc-2']) await haveUse(accountId);
});

/** Has everything that is kept beside an account as it charges: here, at partners, and up to its limits. */
async function haveUse(accountId: string): Promise<void> {
  const { operatorId } = operator;
  const account = { operatorId, accountId };
  await noteRunning(database, account, 'ADD', ['s-1']);
  const month = '2026-04';
  const cdr = { month, currency: 'EUR', energyKwh: '1', parts: [{ exclVat: '1' }] };
  const part = roamingSumPart(database, account, cdr as unknown as SettledCdr);
  await transact(database, [part]);
  await putItem(
    database,
    toItem({
      ...limitReachedKey(operatorId, accountId, month, 'energyKwh', '1000'),
      kind: 'LIMIT',
    }),
  );
}

afterEach(async () => {
  await database.stop();
});

/** Everything stored but how often keys call, by its key. */
async function stored(): Promise<ReadonlyMap<string, Item>> {
  const items = await scan(database, database.state);
  const readings = await scan(database, database.readings);
  return new Map(
    [...items, ...readings]
      .filter(({ sk }) => sk?.S !== 'CALLS')
      .map((item) => [`${item['pk']?.S} ${item['sk']?.S}`, item]),
  );
}

const textOf = (things: ReadonlyMap<string, Item>): string => JSON.stringify([...things]);

const mayCharge = async (idTag: string): Promise<unknown> => {
  const charger = await plugIn(database, 'cp-1');
  return (await charger.call('Authorize', { idTag }))['idTagInfo'];
};

describe('personal data that are to be deleted', () => {
  it('of a person nothing is left but the ids in what was billed, and nobody else is touched', async () => {
    const before = await stored();
    expect(textOf(before)).toContain(person.email);

    const erased = await operator.call('POST', '/accounts/acc-1/erasure', {});

    expect(erased.body).toMatchObject({
      account: true,
      tokens: ['TAG1', 'TAG2'],
      nextCursor: null,
    });
    const after = await stored();
    for (const fact of Object.values(person)) expect(textOf(after)).not.toContain(fact);
    const gone = [...before.keys()].filter((key) => !after.has(key)).sort();
    const { operatorId } = operator;
    expect(gone).toEqual([
      `ACCOUNT#${operatorId}#acc-1 ACCOUNT`,
      `ACCOUNT#${operatorId}#acc-1 ROAMING#2026-04#EUR`,
      `ACCOUNT#${operatorId}#acc-1 RUNNING`,
      `ACCOUNT#${operatorId}#acc-1 USEDUP#2026-04#energyKwh#1000`,
      `TOKEN#${operatorId}#TAG1 TOKEN`,
      `TOKEN#${operatorId}#TAG2 TOKEN`,
    ]);
    const changed = [...after].filter(([key, item]) => !isDeepStrictEqual(before.get(key), item));
    // The count by which local lists of chargers are known to be out of date.
    const { pk, sk } = operatorConfigurationKey(operatorId);
    expect(changed.map(([key]) => key)).toEqual([`${pk} ${sk}`]);
  });

  it('every sealed CDR is verified as before, and statements can still be fetched', async () => {
    await operator.call('POST', '/accounts/acc-1/erasure', {});

    const [cdr] = await expectWholeChain(operator, 'CP-1');
    expect(cdr).toMatchObject({ tokenId: 'TAG1', accountId: 'acc-1', state: 'sealed' });
    const statement = await operator.call('GET', '/accounts/acc-1/statements/2026-04');
    expect(statement.status).toBe(200);
  });

  it('the answer names all that docs/data.md says is kept, so that the person can be told from the answer alone', async () => {
    const { body } = await operator.call('POST', '/accounts/acc-1/erasure', {});
    const page = readFileSync(new URL('../../../docs/data.md', import.meta.url), 'utf8');
    const rows = [
      ...(page.split('| data | becomes of it |')[1] ?? '').matchAll(/^\| ([^|]+) \| (?!deleted)/gm),
    ];

    expect(rows.map(([, row]) => row)).toEqual(Object.keys(keptByRow));
    expect((body['kept'] as { data: string }[]).map(({ data }) => data)).toEqual(
      Object.values(keptByRow).flat(),
    );
  });

  it('a token that was erased charges no more, and its account stays with its other tokens', async () => {
    const erased = await operator.call('POST', '/tokens/tag1/erasure', {});

    expect(erased.body['kept']).toContainEqual({ data: 'cdrs', reason: expect.any(String) });
    expect(await mayCharge('TAG1')).toEqual({ status: 'Invalid' });
    expect(await mayCharge('TAG2')).toMatchObject({ status: 'Accepted' });
    expect((await operator.call('GET', '/accounts/acc-1')).body).toMatchObject(person);
  });

  it('a token that partners were given stays among theirs as not valid, with its ids and nothing of the person', async () => {
    const party = { countryCode: 'DE', partyId: 'EMS', businessName: 'Ours', roles: ['EMSP'] };
    await operator.call('PUT', '/settings/ocpi', party);
    const { operatorId } = operator;
    const nobody = async () => undefined;
    const around = { database, now: Date.now, send: nobody, push: nobody };
    const look = async () => {
      const message = { kind: 'token', operatorId, tokenId: 'TAG1' } as const;
      await takeMessage({ ...around, services: {} as RoamingServices }, message);
      const items = [...(await stored()).values()];
      return items
        .filter((item) => item['objectId']?.S === 'TAG1')
        .map((item) => JSON.parse(unpackedText(item, 'object')));
    };
    expect(await look()).toMatchObject([{ contractId: 'TAG1', valid: true }]);

    await operator.call('POST', '/accounts/acc-1/erasure', {});
    const left = await look();

    expect(left).toMatchObject([{ contractId: 'TAG1', valid: false }]);
    for (const fact of [...Object.values(person), 'acc-1']) {
      expect(JSON.stringify(left)).not.toContain(fact);
    }
  });

  it.each([
    ['/accounts/acc-1/erasure', ['TAG1', 'TAG2']],
    ['/tokens/TAG1/erasure', ['TAG1']],
  ])(
    'roaming partners that took a token hear by POST %s that it is gone, as by its deletion',
    async (path, tokenIds) => {
      const party = { countryCode: 'DE', partyId: 'EMS', businessName: 'Ours', roles: ['EMSP'] };
      await operator.call('PUT', '/settings/ocpi', party);
      const told = vi.spyOn(testServices, 'sendPartnerMessages');
      onTestFinished(() => told.mockRestore());
      await operator.call('POST', path, {});

      const { operatorId } = operator;
      const look = (tokenId: string) => ({ kind: 'token', operatorId, tokenId });
      const later = { shownFrom: expect.any(String) };
      expect(told.mock.calls).toEqual(
        // Before it is deleted, for the case that the call ends there: whoever looks then finds it gone.
        tokenIds.flatMap((tokenId) => [[[{ ...look(tokenId), ...later }], 60], [[look(tokenId)]]]),
      );
    },
  );

  const countOfChanges = async () => await changesCounted(database, operator.operatorId);

  const tags = ['TAG1', 'TAG2'];

  const goneTags = async (): Promise<readonly string[]> => {
    const answers = await Promise.all(tags.map((tag) => operator.call('GET', `/tokens/${tag}`)));
    return tags.filter((_, n) => answers[n]?.code === 'TOKEN_NOT_FOUND');
  };

  /** Makes the person again, and has a call die; gives whether it came to that. */
  async function expectHeard(n: number, when: 'before' | 'after', path: string): Promise<boolean> {
    for (const tokenId of tags)
      await operator.call('POST', '/tokens', { tokenId, accountId: 'acc-1' });
    await operator.call('POST', '/accounts', { accountId: 'acc-1', currency: 'EUR' });
    const before = await countOfChanges();
    const { sent, hasDied } = await dieAt(database, n, when, () => operator.call('POST', path, {}));
    const gone = await goneTags();
    const heard = gone.filter((tag) => sent.some(([told]) => told === tag));
    const isCounted = !isDeepStrictEqual(await countOfChanges(), before);
    expect([n, when, heard, isCounted]).toEqual([n, when, gone, gone.length > 0]);
    return hasDied;
  }

  it.each(['/accounts/acc-1/erasure', '/tokens/TAG1/erasure', '/tokens/TAG2/erasure'])(
    'wherever POST %s dies, partners hear of each token that is gone, local lists are out of date, and nobody has to call again',
    async (path) => {
      const party = { countryCode: 'DE', partyId: 'EMS', businessName: 'Ours', roles: ['EMSP'] };
      await operator.call('PUT', '/settings/ocpi', party);
      let n = 0;
      let hasDied = true;
      while (hasDied) {
        n += 1;
        hasDied = await expectHeard(n, 'before', path);
        await expectHeard(n, 'after', path);
      }
      // For each token: an intention, its deletion and a message; the last try was not ended.
      expect(n).toBeGreaterThan(3);
    },
  );

  it('an erasure goes on behind tokens of others, as often as it is called, and is not found when it is done', async () => {
    for (let n = 0; n < 2; n += 1) {
      const again = await operator.call('POST', '/accounts/acc-2/erasure', { cursor: 'M' });
      expect(again.body).toMatchObject({ account: n === 0, tokens: n === 0 ? ['OTHER'] : [] });
    }
    expect((await operator.call('POST', '/accounts/acc-2/erasure', {})).code).toBe(
      'ACCOUNT_NOT_FOUND',
    );
    expect((await operator.call('POST', '/tokens/OTHER/erasure', {})).code).toBe('TOKEN_NOT_FOUND');
  });

  it('only a key that may erase does', async () => {
    const form = { name: 'Desk', scopes: ['accounts:write', 'tokens:write'] };
    const { apiKey } = (await operator.call('POST', '/api-keys', form)).body;

    for (const path of ['/accounts/acc-1/erasure', '/tokens/TAG1/erasure']) {
      const answer = await callApi(database, `Bearer ${apiKey}`, 'POST', path, {});
      expect(answer.code).toBe('SCOPE_MISSING');
    }
  });
});
