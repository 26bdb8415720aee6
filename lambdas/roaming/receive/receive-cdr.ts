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
  sessionCdrsFrom,
  writeVerdict,
} from '../../store/received/received-cdrs.ts';
import type { Database } from '../../store/table/client.ts';
import { getItem } from '../../store/table/get-item.ts';
import { type ReceivedFrom, receivedId, sessionCdrsKey } from '../../store/table/received-keys.ts';
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
  isMeant: (cdr: { readonly creditOf?: string }) => boolean = () => true,
): Promise<void> {
  const key = sessionCdrsKey(from.operatorId, receivedId('session', from, sessionId));
  const { cdrs } = sessionCdrsFrom(await getItem(database, key, true));
  for (const { id } of cdrs.filter(isMeant)) {
    const held = await readHeldCdr(database, from.operatorId, receivedId('cdr', from, id));
    // Whoever judges it at the same time knows as much.
    if (held !== undefined) await checkAgain(database, held, now);
  }
}

async function keepCdr(
  database: Database,
  from: ReceivedFrom,
  { cdr, place }: SentCdr,
  now: string,
): Promise<Kept> {
  const id = receivedId('cdr', from, cdr.id);
  const arrival = receiveCdr(cdr, (await readHeldCdr(database, from.operatorId, id))?.cdr);
  if (arrival.kind === 'repeated') return { kind: 'ok', data: id };
  if (arrival.kind === 'contradicts') return contradicts(arrival.paths);
  const { known, billed, accountId } = await cdrCase(database, from, cdr);
  const verdict = judgeCdr(cdr, known);
  const times = { receivedAt: now, checkedAt: now };
  const { timeZone } = known;
  const held = omitUndefined({ from, cdr, place, verdict, timeZone, accountId, ...times });
  const written = await createHeldCdr(database, held, billed);
  if (written === 'changed') return 'changed';
  return written === 'written' ? { kind: 'created', data: id } : tooLarge('');
}

/**
 * Keeps a CDR of a partner with our verdict; `data` of the outcome is our id of it. The same again is success and changes nothing;
 * another content under the same id is refused. A credit that came before its CDR is judged again.
 */
export async function receiveCdrOf(
  database: Database,
  from: ReceivedFrom,
  sent: SentCdr,
  now: string,
): Promise<OcpiOutcome> {
  const outcome = await despiteOthers(async () => await keepCdr(database, from, sent, now));
  const { id, sessionId } = sent.cdr;
  if (outcome.kind === 'created' && sessionId !== undefined) {
    const takesItBack = ({ creditOf }: { readonly creditOf?: string }) =>
      creditOf?.toUpperCase() === id.toUpperCase();
    await checkCdrsOf(database, from, sessionId, now, takesItBack);
  }
  return outcome;
}
