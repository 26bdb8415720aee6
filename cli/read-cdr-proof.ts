import { CommandError } from '../clients/command-error.ts';
import type { Cdr, CdrSeal } from '../core/cdr/model/cdr.ts';
import type { ListedMessage } from '../core/cdr/verify/check-readings.ts';
import { readJsonFile } from './read-json-file.ts';

/** Reads a CDR of ours from a file; a CommandError when it holds none. What its values are is not checked here. */
export const readCdr = async (path: string): Promise<Cdr> => {
  const value = await readJsonFile(path);
  const { cdrId, evidence } = objectOf(value);
  const { session, rules } = objectOf(evidence);
  if (typeof cdrId === 'string' && isObject(session) && isObject(rules)) return value as Cdr;
  throw new CommandError('CLI_DOCUMENT_MALFORMED', `${path} does not contain a Joulegate CDR.`);
};

/** Reads the seal of a CDR from a file: the place before the next one in its charger's chain. */
export const readSeal = async (path: string): Promise<CdrSeal> => {
  const cdr = await readCdr(path);
  if (cdr.seal !== null) return cdr.seal;
  throw new CommandError(
    'CLI_DOCUMENT_MALFORMED',
    `${cdr.cdrId} is held and has no seal, so no CDR can follow it in the chain.`,
  );
};

/**
 * Reads the readings that a CDR is based on, as the API lists them (one whole list) or as a bare array. What came too
 * late for the CDR is listed as well, and is not part of its evidence.
 */
export const readReadings = async (path: string): Promise<readonly ListedMessage[]> => {
  const value = await readJsonFile(path);
  const { items = value, nextCursor = null } = objectOf(value);
  if (!(Array.isArray(items) && items.every(isReading))) {
    throw new CommandError(
      'CLI_DOCUMENT_MALFORMED',
      `${path} does not contain Joulegate readings.`,
    );
  }
  if (nextCursor !== null) {
    throw new CommandError(
      'CLI_READINGS_INCOMPLETE',
      `${path} contains only the first ${items.length} readings; "joulegate readings SESSION_ID" fetches all of them.`,
    );
  }
  return items.filter(({ late }) => late !== true);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const objectOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

const isReading = (value: unknown): value is ListedMessage & { readonly late?: unknown } =>
  isObject(value) &&
  ['key', 'kind', 'receivedAt', 'raw'].every((name) => typeof value[name] === 'string');
