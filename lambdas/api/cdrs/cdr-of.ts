import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { type CdrIdParts, readCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import { readCdrInForce } from '../../store/cdrs/cdr-in-force.ts';
import { readSealedCdr } from '../../store/cdrs/cdrs.ts';
import { readCountedOfCredited } from '../../store/cdrs/corrections.ts';
import type { CountedReadings } from '../../store/sessions/closed-running-view.ts';
import { readCounted } from '../../store/sessions/running-view.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import type { Caller } from '../api-route.ts';
import { ownSession } from '../sessions/own-session.ts';

/** A session of the caller's operator, and what the id of one of its CDRs says. */
export type Named = CdrIdParts & { readonly stored: StoredSession };

async function named(caller: Caller, cdrId: string): Promise<Named | undefined> {
  const parts = readCdrId(cdrId);
  const stored = parts && (await ownSession(caller, parts.sessionId));
  return parts && stored && { ...parts, stored };
}

/** True for the newest CDR of a session: one that is billed, unless an operator had it credited. */
export const isInForce = ({ stored, number, isCredit }: Named): boolean =>
  !isCredit && number === (stored.creditedSequences ?? []).length + 1;

/** The place in the charger's chain of the number-th CDR of a session. */
const sequenceOf = ({ creditedSequences = [], result }: StoredSession, number: number) =>
  number === creditedSequences.length + 1 ? result?.cdrSequence : creditedSequences[number - 1];

/** The place of a CDR that is sealed; undefined if there is none. A credit comes just before its replacement, where it has one. */
export function chainPlaceOf({ stored, number, isCredit }: Named): number | undefined {
  if (!isCredit) return sequenceOf(stored, number);
  const next = sequenceOf(stored, number + 1);
  if (next !== undefined) return next - 1;
  return number === (stored.creditedSequences ?? []).length + 1 ? stored.creditSequence : undefined;
}

/** Finds a CDR of the caller's operator by its id: in force, credited, or a credit. */
export async function findCdr(caller: Caller, cdrId: string): Promise<Cdr | undefined> {
  const found = await named(caller, cdrId);
  if (found === undefined) return undefined;
  if (isInForce(found)) return await readCdrInForce(caller.database, found.stored);
  const place = chainPlaceOf(found);
  return place === undefined
    ? undefined
    : await readSealedCdr(caller.database, found.stored.chargerKey, place);
}

/** The session of a CDR, and which of its readings the CDR is based on; a credit is based on those of the CDR that it negates. */
export async function findEvidence(
  caller: Caller,
  cdrId: string,
): Promise<
  { readonly stored: StoredSession; readonly counted: CountedReadings | undefined } | undefined
> {
  const found = await named(caller, cdrId);
  if (found?.stored.result === undefined) return undefined;
  const { stored, number } = found;
  if (isInForce(found)) return { stored, counted: await readCounted(caller.database, stored) };
  const place = chainPlaceOf(found) === undefined ? undefined : sequenceOf(stored, number);
  return place === undefined
    ? undefined
    : {
        stored,
        counted: await readCountedOfCredited(caller.database, stored.chargerKey, place),
      };
}
