import { judgeCdr } from '../../../core/ocpi/check/judge-cdr.ts';
import { receiveCdr } from '../../../core/ocpi/check/receive-cdr.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import {
  createHeldCdr,
  type HeldCdr,
  readHeldCdr,
  type SessionCdrs,
  sessionCdrsFrom,
  writeVerdict,
} from '../../store/received/received-cdrs.ts';
import { readHeldSession } from '../../store/received/received-sessions.ts';
import type { Database } from '../../store/table/client.ts';
import { getItem } from '../../store/table/get-item.ts';
import {
  type ReceivedFrom,
  receivedId,
  sessionCdrsKey,
} from '../../store/table/keys/received-keys.ts';
import { cdrCase } from './cdr-case.ts';
import { despiteOthers, type Kept, tooLarge } from './receiving.ts';

/** A CDR that a partner sent, with the location that 2.1.1 embeds in it. */
export type SentCdr = { readonly cdr: PartnerCdr; readonly place?: PartnerLocation };

const contradicts = (paths: readonly string[]): OcpiOutcome => ({
  kind: 'invalid',
  problems: paths.map((path) => ({
    path,
    message: 'A CDR of this id was received that says something else, and CDRs never change.',
  })),
});

/** Judges a CDR again by what is known now; the same verdict is not written again. */
export async function checkAgain(
  database: Database,
  held: HeldCdr,
  now: string,
): Promise<HeldCdr | 'changed'> {
  const { known } = await cdrCase(database, held.from, held.cdr);
  const verdict = judgeCdr(held.cdr, known);
  const placed = omitUndefined({ ...held, timeZone: known.timeZone ?? held.timeZone });
  const isSame = JSON.stringify(verdict) === JSON.stringify(held.verdict);
  if (isSame && placed.timeZone === held.timeZone) return held;
  const written = await writeVerdict(database, placed, verdict, now);
  return written === 'written' ? { ...placed, verdict, checkedAt: now } : 'changed';
}

/** Judges the CDRs of a session again that `isMeant` names, as when the session changed after them. */
export async function checkCdrsOf(
  database: Database,
  from: ReceivedFrom,
  sessionId: string,
  now: string,
  isMeant: (cdr: SessionCdrs['cdrs'][number]) => boolean = () => true,
): Promise<void> {
  const key = sessionCdrsKey(from.operatorId, receivedId('session', from, sessionId));
  const { cdrs } = sessionCdrsFrom(await getItem(database, key, true));
  for (const { id } of cdrs.filter(isMeant)) {
    await despiteOthers(async () => {
      const held = await readHeldCdr(database, from.operatorId, receivedId('cdr', from, id));
      const checked = held && (await checkAgain(database, held, now));
      return checked === 'changed' ? 'changed' : { kind: 'ok' };
    });
  }
}

/** A CDR that was kept, with the revision of its session by which it was judged; absent where that had not come. */
type KeptCdr = { readonly kept: Kept; readonly revision?: number | undefined };

async function keepCdr(
  database: Database,
  from: ReceivedFrom,
  { cdr, place }: SentCdr,
  now: string,
): Promise<KeptCdr> {
  const id = receivedId('cdr', from, cdr.id);
  const arrival = receiveCdr(cdr, (await readHeldCdr(database, from.operatorId, id))?.cdr);
  // Whoever sends it again may have had no answer, since we stopped before the others of its session were judged.
  if (arrival.kind === 'repeated') return { kept: { kind: 'ok', data: id } };
  if (arrival.kind === 'contradicts') return { kept: contradicts(arrival.paths) };
  const { known, billed, revision, accountId } = await cdrCase(database, from, cdr);
  const verdict = judgeCdr(cdr, known);
  const times = { receivedAt: now, checkedAt: now };
  const { timeZone } = known;
  const held = omitUndefined({ from, cdr, place, verdict, timeZone, accountId, ...times });
  const written = await createHeldCdr(database, held, billed);
  if (written === 'changed') return { kept: 'changed' };
  return written === 'written'
    ? { kept: { kind: 'created', data: id }, revision }
    : { kept: tooLarge('') };
}

/** Whether a session has changed since a CDR of it was judged, by whoever could not see that CDR yet. */
async function hasMoved(
  database: Database,
  from: ReceivedFrom,
  sessionId: string,
  revision: number | undefined,
): Promise<boolean> {
  const id = receivedId('session', from, sessionId);
  return (await readHeldSession(database, from.operatorId, id))?.revision !== revision;
}

/**
 * Keeps a CDR of a partner with our verdict; `data` of the outcome is our id of it. The same again is success and changes nothing but
 * verdicts; another content under the same id is refused. A credit that came before its CDR is judged again, all others of a session when a
 * credit comes, and the CDR itself where its session changed meanwhile.
 */
export async function receiveCdrOf(
  database: Database,
  from: ReceivedFrom,
  sent: SentCdr,
  now: string,
): Promise<OcpiOutcome> {
  let judgedBy: number | undefined;
  const outcome = await despiteOthers(async () => {
    const { kept, revision } = await keepCdr(database, from, sent, now);
    judgedBy = revision;
    return kept;
  });
  const { id, sessionId, credit } = sent.cdr;
  const isHeld = outcome.kind === 'created' || outcome.kind === 'ok';
  if (isHeld && sessionId !== undefined) {
    const isSame = (other: string | undefined) => other?.toUpperCase() === id.toUpperCase();
    const moved = await hasMoved(database, from, sessionId, judgedBy);
    await checkCdrsOf(
      database,
      from,
      sessionId,
      now,
      // A CDR that a credit takes back is not billed twice any more, whichever of its session came first.
      (one) => (isSame(one.id) ? moved : credit === true || isSame(one.creditOf)),
    );
  }
  return outcome;
}
