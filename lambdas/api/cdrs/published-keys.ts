import * as z from 'zod';
import type { PublishedKey } from '../../../core/cdr/verify/read-published-keys.ts';
import { timeText } from '../common-schemas.ts';

/** The public keys that CDRs are verified with: the one in use, and those that it replaced. */
export const PublishedKeysSchema = z.strictObject({
  items: z.array(
    z
      .strictObject({
        keyId: z.string(),
        algorithm: z.literal('ECDSA_SHA_256'),
        publicKey: z.string(),
        validFrom: timeText.nullable(),
        validUntil: timeText.nullable(),
      })
      .meta({
        id: 'PublishedKey',
        description:
          'keyId is that of the seals; publicKey is SPKI in DER and base64. Each key seals CDRs from validFrom (null: from the first one on) until validUntil (null: it is in use).',
      }),
  ),
});

/** Gives the public half of a key of KMS, SPKI DER in base64. */
type ReadKey = (keyId: string) => Promise<string>;

/** Loaded when somebody asks for the keys: nothing else here needs KMS. */
const readFromKms: ReadKey = async (keyId) => {
  const { readPublicKey } = await import('../../billing/read-public-key.ts');
  return await readPublicKey(keyId);
};

/** Reads the keys that a deployment names (`CDR_KEYS`: `<arn>|<from>|<until>` each), with their public halves. */
export const publishedKeys = async (
  named: string,
  readKey: ReadKey = readFromKms,
): Promise<{ readonly items: readonly PublishedKey[] }> => ({
  items: await Promise.all(
    named.split(' ').map(async (text) => {
      const [keyId = '', validFrom, validUntil] = text.split('|');
      return {
        keyId,
        algorithm: 'ECDSA_SHA_256',
        publicKey: await readKey(keyId),
        validFrom: validFrom || null,
        validUntil: validUntil || null,
      };
    }),
  ),
});

let published: ReturnType<typeof publishedKeys> | undefined;

/** The published keys of this deployment, read once in the life of the process; a failure is forgotten. */
export const ownPublishedKeys = async (): ReturnType<typeof publishedKeys> => {
  published ??= publishedKeys(process.env['CDR_KEYS'] ?? '');
  return await published.catch((error: unknown) => {
    published = undefined;
    throw error;
  });
};
