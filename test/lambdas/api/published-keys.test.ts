import { describe, expect, it } from 'vitest';
import { readPublishedKeys } from '../../../core/cdr/verify/read-published-keys.ts';
import { PublishedKeysSchema, publishedKeys } from '../../../lambdas/api/cdrs/published-keys.ts';

const until = '2027-01-01T00:00:00Z';
const named = `arn:1||${until} arn:2|${until}|`;

describe('the published keys', () => {
  it('the published keys are all that ever sealed, each with its validity, in the form that verification reads', async () => {
    const list = await publishedKeys(named, async (keyId) => `public half of ${keyId}`);

    const known = { algorithm: 'ECDSA_SHA_256' };
    expect(list.items).toEqual([
      {
        ...known,
        keyId: 'arn:1',
        publicKey: 'public half of arn:1',
        validFrom: null,
        validUntil: until,
      },
      {
        ...known,
        keyId: 'arn:2',
        publicKey: 'public half of arn:2',
        validFrom: until,
        validUntil: null,
      },
    ]);
    expect(PublishedKeysSchema.parse(list)).toEqual(list);
    expect(readPublishedKeys(list)).toEqual(list.items);
  });

  it('a key that cannot be read fails the list as a whole: half a list would make seals look forged', async () => {
    const failing = publishedKeys(named, async (keyId) => {
      if (keyId === 'arn:2') throw new Error('no such key');
      return '';
    });

    await expect(failing).rejects.toThrow('no such key');
  });
});
