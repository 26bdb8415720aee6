import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../core/cdr/seal/canonical-json.ts';
import type { Part } from '../store/table/transaction.ts';

/** Where the answers to a caller's requests are kept, and the caller's secret, which only its requests carry. */
export type KeptAnswers = {
  readonly secret: string;
  readonly read: (name: string) => Promise<string | undefined>;
  /** Keeps an answer as part of a transaction, which fails where one of this name is kept already. */
  readonly put: (name: string, sealed: string) => Part['item'];
  /** Keeps a claim for a minute at most; false where an answer or another claim has the name. */
  readonly claim: (name: string, sealed: string) => Promise<boolean>;
  /** Keeps an answer in the place of a claim. */
  readonly settle: (name: string, sealed: string) => Promise<void>;
  readonly release: (name: string) => Promise<void>;
};

/** Keeps the body of the answer that a call will give, in the same transaction as what the call does. */
export type KeepAnswer = (body: unknown) => Part['item'];

/** The answer of a call as a part of its transaction: none where its request has no key. */
export const keptPart = (
  keepAnswer: KeepAnswer | undefined,
  body: unknown,
): readonly Part['item'][] => (keepAnswer === undefined ? [] : [keepAnswer(body)]);

/** A request that may be repeated: its route, the parameters of its path, its key, and what it asks for. */
export type RepeatableRequest = {
  readonly route: string;
  readonly path: object;
  readonly key: string;
  readonly body: unknown;
};

/** An earlier request under the same key: its answer, that it is being done, that it asked for something else, or that another secret of the caller's sealed it. */
export type EarlierAnswer =
  | { readonly kind: 'same'; readonly body: unknown }
  | { readonly kind: 'claimed' }
  | { readonly kind: 'other' | 'sealed' };

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const nameOf = ({ route, path, key }: RepeatableRequest): string =>
  sha256(canonicalJson([route, path, key]));

const digestOf = ({ body }: RepeatableRequest): string => sha256(canonicalJson(body ?? null));

/** The database never has what opens an answer: it keeps only the hash of the caller's secret. */
const keyOf = (secret: string, name: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `joulegate kept answer ${name}`, 32));

/** The text of a kept answer, or of a claim. */
type KeptText = {
  readonly request: string;
  readonly body?: unknown;
  readonly isClaim?: boolean;
};

const nonceBytes = 12;
const tagBytes = 16;

function seal(secret: string, name: string, text: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, name), nonce);
  const sealed = [cipher.update(text, 'utf8'), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64');
}

/** Opens what was sealed; undefined where that was done under another secret, as before the caller's key was rotated. */
function unseal(secret: string, name: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, name), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  const text = decipher.update(bytes.subarray(nonceBytes + tagBytes));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Keeps the answer to a request, encrypted under the caller's own secret: it may show secrets that are shown once. */
export const keepAnswerTo =
  ({ secret, put }: KeptAnswers, request: RepeatableRequest): KeepAnswer =>
  (body) => {
    const name = nameOf(request);
    return put(name, seal(secret, name, JSON.stringify({ request: digestOf(request), body })));
  };

/** A request that has its key for itself while it is done. */
export type ClaimedKey = {
  readonly settle: (body: unknown) => Promise<void>;
  readonly release: () => Promise<void>;
};

/** Claims the key of a request that is done by something else than a transaction; undefined where another request has it. */
export async function claimKeyOf(
  { secret, claim, settle, release }: KeptAnswers,
  request: RepeatableRequest,
): Promise<ClaimedKey | undefined> {
  const name = nameOf(request);
  const sealed = (kept: object) =>
    seal(secret, name, JSON.stringify({ request: digestOf(request), ...kept }));
  if (!(await claim(name, sealed({ isClaim: true })))) return undefined;
  return {
    settle: async (body) => await settle(name, sealed({ body })),
    release: async () => await release(name),
  };
}

/** Finds the answer to an earlier request under the same key; undefined where no such request was done. */
export async function findAnswerTo(
  { secret, read }: KeptAnswers,
  request: RepeatableRequest,
): Promise<EarlierAnswer | undefined> {
  const name = nameOf(request);
  const sealed = await read(name);
  if (sealed === undefined) return undefined;
  const opened = unseal(secret, name, sealed);
  if (opened === undefined) return { kind: 'sealed' };
  const kept = JSON.parse(opened) as KeptText;
  if (kept.request !== digestOf(request)) return { kind: 'other' };
  return kept.isClaim === true ? { kind: 'claimed' } : { kind: 'same', body: kept.body };
}
