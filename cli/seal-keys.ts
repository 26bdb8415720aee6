import { CommandError } from '../clients/command-error.ts';
import type { CdrSeal } from '../core/cdr/model/cdr.ts';
import type { SignatureProof } from '../core/cdr/verify/cdr-proof.ts';
import { type PublishedKey, readPublishedKeys } from '../core/cdr/verify/read-published-keys.ts';
import { type CommandArguments, textOption } from './command.ts';
import { readJsonFile, readJsonLines, readTextFile } from './read-json-file.ts';
import { readSealKey } from './read-seal-key.ts';

/** Finds the key of a seal: the one that was given, or of a published list that one that the seal names, or the one that it carries. */
export const sealKeys = async (
  args: CommandArguments,
): Promise<(seal: CdrSeal) => SignatureProof> => {
  const file = textOption(args, 'public-key');
  const list = textOption(args, 'keys');
  if (file !== undefined && list !== undefined) {
    throw new CommandError('CLI_OPTION_INVALID', 'Give --public-key or --keys, not both.');
  }
  if (file !== undefined) return await givenKey(file);
  return list === undefined ? carriedKey : publishedKey(await readKeyList(list));
};

const givenKey = async (file: string): Promise<() => SignatureProof> => {
  const key = readSealKey(await readTextFile(file), { source: 'given' });
  if (key !== undefined) return () => key;
  throw new CommandError(
    'CLI_PUBLIC_KEY',
    'The public key is no key on P-256 in PEM or as base64-encoded SPKI DER.',
  );
};

const carriedKey = ({ publicKey }: CdrSeal): SignatureProof =>
  publicKey === undefined
    ? {
        problem:
          'The signature cannot be checked: no public key was given, and the CDR carries none.',
      }
    : (readSealKey(publicKey, { source: 'carried' }) ?? {
        problem: 'The public key that the CDR carries cannot be read.',
      });

const publishedKey =
  (keys: readonly PublishedKey[]) =>
  ({ keyId }: CdrSeal): SignatureProof => {
    const found = keys.find((key) => key.keyId === keyId);
    if (found === undefined)
      return { problem: `The key ${keyId} is not among the published ones.` };
    const { publicKey, validUntil } = found;
    const known = { source: 'published', ...(validUntil !== null && { validUntil }) } as const;
    return (
      readSealKey(publicKey, known) ?? { problem: `The published key ${keyId} cannot be read.` }
    );
  };

const readKeyList = async (place: string): Promise<readonly PublishedKey[]> => {
  const keys = readPublishedKeys(await listIn(place));
  if (keys !== undefined) return keys;
  throw new CommandError('CLI_PUBLIC_KEY', `${place} is no list of published keys.`);
};

const listIn = async (place: string): Promise<unknown> => {
  if (/^https?:\/\//.test(place)) return await fetchJson(place);
  // As an export has them: one a line.
  return place.endsWith('.jsonl')
    ? { items: await readJsonLines(place) }
    : await readJsonFile(place);
};

const fetchJson = async (url: string): Promise<unknown> => {
  try {
    const response = await fetch(url);
    return await response.json();
  } catch {
    throw new CommandError('CLI_PUBLIC_KEY', `No list of published keys can be read from ${url}.`);
  }
};
