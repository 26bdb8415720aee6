import { expect, it } from 'vitest';
import {
  createApiKey,
  deleteApiKey,
  listApiKeys,
  readApiKey,
} from '../../lambdas/store/api-keys.ts';
import {
  createToken,
  deleteToken,
  listTokens,
  readToken,
  replaceToken,
} from '../../lambdas/store/tokens.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('the store of tokens and API keys', (database) => {
  it('keeps, replaces and deletes a token by its id in any case', async () => {
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
    expect(await deleteToken(database(), 'op_b', 'Tag1')).toBe('absent');
    expect(await deleteToken(database(), 'op_a', 'Tag1')).toBe('deleted');
    expect(await replaceToken(database(), 'op_a', token)).toBe('absent');
  });

  it('lists every token once, through any number of spans', async () => {
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

  it('gives an API key to its own operator only', async () => {
    const apiKey = {
      apiKeyId: 'k1',
      operatorId: 'op_a',
      name: 'CI',
      hash: 'ab',
      scopes: ['admin'],
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    await createApiKey(database(), apiKey);

    expect(await readApiKey(database(), 'k1')).toEqual(apiKey);
    expect((await listApiKeys(database(), 'op_a', { limit: 10 })).items).toEqual([apiKey]);
    expect(await deleteApiKey(database(), 'op_b', 'k1')).toBe('absent');
    expect(await deleteApiKey(database(), 'op_a', 'k1')).toBe('deleted');
    expect(await readApiKey(database(), 'k1')).toBeUndefined();
  });
});
