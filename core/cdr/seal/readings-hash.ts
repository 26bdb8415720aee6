import type { StoredMessage } from '../model/stored-message.ts';
import { digestHex } from './digest-hex.ts';

/** Canonical JSON of texts and whole numbers is what JSON.stringify writes. */
const lineOf = ({ key, kind, receivedAt, evseId, connectorId, raw }: StoredMessage): string =>
  JSON.stringify([key, kind, receivedAt, evseId, connectorId, raw]);

/**
 * The hash over all evidence of a session, hex: SHA-256 of one line of canonical JSON for each reading
 * (`[key, kind, receivedAt, evseId, connectorId, raw]`), in the order of the lines, each once: everything that a reading
 * carries, apart from what follows from this. No readings: the hash of nothing.
 */
export const readingsHash = (readings: readonly StoredMessage[]): string =>
  digestHex(distinctLines(readings).join('\n'));

/** How many different readings there are: a repetition is not new evidence. */
export const countReadings = (readings: readonly StoredMessage[]): number =>
  distinctLines(readings).length;

/** How many different readings there are, and their hash: `digest` is SHA-256 of text in UTF-8, as digestHex has it. */
export const evidenceOf = (
  readings: readonly StoredMessage[],
  digest: (text: string) => string = digestHex,
): { readonly readings: number; readonly readingsHash: string } => {
  const lines = distinctLines(readings);
  return { readings: lines.length, readingsHash: digest(lines.join('\n')) };
};

const distinctLines = (readings: readonly StoredMessage[]): readonly string[] =>
  readings
    .map(lineOf)
    .sort()
    .filter((line, index, lines) => line !== lines[index - 1]);
