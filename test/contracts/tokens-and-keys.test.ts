import {
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import {
  countTokenChange,
  readOperatorConfiguration,
  writeOperatorConfiguration,
} from '../../lambdas/store/chargers/desired-configuration.ts';
import {
  createApiKey,
  deleteApiKey,
  listApiKeys,
  readApiKey,
} from '../../lambdas/store/operators/api-keys.ts';
import { deleteToken } from '../../lambdas/store/operators/delete-token.ts';
import {
  createToken,
  listTokens,
  readToken,
  replaceToken,
} from '../../lambdas/store/operators/tokens.ts';
import { getItem } from '../../lambdas/store/table/get-item.ts';
import { operatorConfigurationKey } from '../../lambdas/store/table/keys/operator-keys.ts';
import { onEachEngine } from './on-each-engine.ts';

const now = '2026-05-01T00:00:00.000Z';

onEachEngine('the store of tokens and API keys', (database) => {
  it('a token is stored, replaced and deleted by its id in any case', async () => {
    const token = { tokenId: 'Tag1', accountId: 'acc', status: 'Accepted' } as const;

    expect(await createToken(database(), 'op_a', token)).toBe('created');
    expect(await createToken(database(), 'op_a', { ...token, tokenId: 'TAG1' })).toBe('exists');
    expect(await readToken(database(), 'op_a', 'tAG1')).toEqual(token);
    expect(await readToken(database(), 'op_b', 'Tag1')).toBeUndefined();
    expect(await replaceToken(database(), 'op_a', { tokenId: 'TAG1', status: 'Blocked' })).toBe(
      'replaced',
    );
    expect(await readToken(database(), 'op_a', 'Tag1')).toEqual({
      tokenId: 'TAG1',
      status: 'Blocked',
    });
    expect(await deleteToken(database(), 'op_b', 'Tag1', now)).toBe('absent');
    expect(await deleteToken(database(), 'op_a', 'Tag1', now)).toBe('deleted');
    expect(await replaceToken(database(), 'op_a', token)).toBe('absent');
  });

  it('a change of a token, and of what chargers are to have, is kept also where another token is deleted at that moment', async () => {
    const { client } = database();
    let conflicts = 0;
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName !== 'UpdateItemCommand' || conflicts === 0) return await next(args);
          conflicts -= 1;
          // No local engine does as AWS, which refuses a write to an item of a transaction that is under way.
          throw new TransactionConflictException({ message: 'Conflict', $metadata: {} });
        },
      { step: 'initialize', name: 'conflict' },
    );
    onTestFinished(() => {
      client.middlewareStack.remove('conflict');
    });
    conflicts = 2;
    await countTokenChange(database(), 'op_busy', now);
    conflicts = 2;
    const stored = { wanted: { ocpp16: {}, ocpp2: {} }, changedAt: now };
    expect(await writeOperatorConfiguration(database(), 'op_busy', stored)).toBe('written');

    expect(conflicts).toBe(0);
    expect(await readOperatorConfiguration(database(), 'op_busy')).toMatchObject(stored);
  });

  it('a token is kept and counted also where so many are changed that their counts keep meeting', async () => {
    const { client } = database();
    let conflicts = 0;
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName !== 'TransactWriteItemsCommand') return await next(args);
          conflicts += 1;
          throw new TransactionCanceledException({
            ...{ message: 'Conflict', $metadata: {} },
            CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
          });
        },
      { step: 'initialize', name: 'conflict' },
    );
    onTestFinished(() => {
      client.middlewareStack.remove('conflict');
    });
    const token = { tokenId: 'Crowd', status: 'Accepted', changedAt: now } as const;
    const counted = async () =>
      (await getItem(database(), operatorConfigurationKey('op_crowd'), true))?.['tokenChanges'];
    expect(await createToken(database(), 'op_crowd', token)).toBe('created');
    expect(await createToken(database(), 'op_crowd', token)).toBe('exists');
    expect(await counted()).toEqual({ N: '1' });
    expect(await replaceToken(database(), 'op_crowd', { ...token, status: 'Blocked' })).toBe(
      'replaced',
    );
    expect(await counted()).toEqual({ N: '2' });
    expect(conflicts).toBeGreaterThan(2);
  });

  it('every token is listed once, over any number of pages', async () => {
    const ids = Array.from({ length: 23 }, (_, n) => `T${String(n).padStart(2, '0')}`);
    for (const tokenId of ids) {
      await createToken(database(), 'op_list', { tokenId, status: 'Accepted' });
    }

    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listTokens(database(), 'op_list', { limit: 5, after });
      seen.push(...page.items.map(({ tokenId }) => tokenId));
      after = page.next === null ? undefined : seen.at(-1);
    } while (after !== undefined);

    expect(seen).toEqual(ids);
  });

  it('an API key is given to its own operator only', async () => {
    const apiKey = {
      apiKeyId: 'k1',
      operatorId: 'op_a',
      name: 'CI',
      hash: 'ab',
      scopes: ['cdrs:read'],
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    await createApiKey(database(), apiKey);

    expect(await readApiKey(database(), 'k1')).toEqual(apiKey);
    expect((await listApiKeys(database(), 'op_a', { limit: 10 })).items).toEqual([apiKey]);
    expect(await deleteApiKey(database(), 'op_b', 'k1', now)).toBe('absent');
    expect(await deleteApiKey(database(), 'op_a', 'k1', now)).toBe('deleted');
    expect(await readApiKey(database(), 'k1')).toBeUndefined();
  });

  it('the last administrator key of an operator remains, and the last that never expires, however many are deleted at once', async () => {
    const key = (apiKeyId: string, expiresAt?: string) => ({
      apiKeyId,
      operatorId: 'op_l',
      name: apiKeyId,
      hash: 'h',
      scopes: ['admin'],
      createdAt: now,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
    await createApiKey(database(), key('l1'));
    await createApiKey(database(), key('l-expired', '2026-01-01T00:00:00.000Z'));
    await createApiKey(database(), { ...key('l-reader'), scopes: ['cdrs:read'] });
    const remove = (apiKeyId: string) => deleteApiKey(database(), 'op_l', apiKeyId, now);

    expect(await remove('l1')).toBe('last-administrator');
    await createApiKey(database(), key('l-ends', '2026-05-02T00:00:00.000Z'));
    expect(await remove('l1')).toBe('last-administrator');
    expect(await remove('l-ends')).toBe('deleted');
    await createApiKey(database(), key('l2'));
    const outcomes = await Promise.all([remove('l1'), remove('l2')]);

    expect(outcomes.toSorted()).toEqual(['deleted', 'last-administrator']);
    const left = (await listApiKeys(database(), 'op_l', { limit: 10 })).items;
    expect(left.map(({ apiKeyId }) => apiKeyId.slice(0, 3))).toEqual([
      'l-e',
      'l-r',
      expect.anything(),
    ]);
    expect(await remove('l-expired')).toBe('deleted');
    expect(await remove('l-reader')).toBe('deleted');
  });
});
