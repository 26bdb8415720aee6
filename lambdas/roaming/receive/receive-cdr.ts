import { judgeCdr } from '../../../core/ocpi/check/judge-cdr.ts';
import { receiveCdr, type SentCdr, type SpokenCdr } from '../../../core/ocpi/check/receive-cdr.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import type { OcpiVersion } from '../../../core/ocpi/translators.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import {
  createHeldCdr,
  type HeldCdr,
  readHeldCdr,
  writeVerdict,
} from '../../store/received/received-cdrs.ts';
import type { Database } from '../../store/table/client.ts';
import { type ReceivedFrom, receivedId } from '../../store/table/keys/received-keys.ts';
import { cdrCase } from './cdr-case.ts';
import { despiteOthers, type Kept, tooLarge } from './receiving.ts';

const contradicts = (paths: readonly string[]): OcpiOutcome => ({
  kind: 'invalid',
  problems: paths.map((path) => ({
    path,
    message: 'A CDR of this id was received that says something else, and CDRs never change.',
  })),
});

/** How often others may change what a verdict is found by while it is found. */
const mostLooks = 20;

/**
 * Judges a CDR again by what is known now, until looking again finds the same: whoever looked earlier may write later. The same verdict
 * is not written again.
 */
export async function checkAgain(
  database: Database,
  held: HeldCdr,
  now: string,
): Promise<HeldCdr | 'changed'> {
  let last = held;
  for (let n = 0; n < mostLooks; n += 1) {
    const { known } = await cdrCase(database, last.from, last.cdr);
    const verdict = judgeCdr(last.cdr, known);
    const placed = omitUndefined({ ...last, timeZone: known.timeZone ?? last.timeZone });
    const isSame = JSON.stringify(verdict) === JSON.stringify(last.verdict);
    if (isSame && placed.timeZone === last.timeZone) return last;
    const written = await writeVerdict(database, placed, verdict, now);
    if (written !== 'written') return 'changed';
    last = { ...placed, verdict, checkedAt: now, revision: placed.revision + 1 };
  }
  return 'changed';
}

/** Judges CDRs of a partner again, by its ids; one that is not held is left out. */
export async function checkAll(
  database: Database,
  from: ReceivedFrom,
  ids: readonly string[],
  now: string,
): Promise<void> {
  for (const id of ids) {
    await despiteOthers(async () => {
      const held = await readHeldCdr(database, from.operatorId, receivedId('cdr', from, id));
      const checked = held && (await checkAgain(database, held, now));
      return checked === 'changed' ? 'changed' : { kind: 'ok' };
    });
  }
}

/** The words that a CDR came in. */
type SpokenIn = SpokenCdr & { readonly version: OcpiVersion };

async function keepCdr(
  database: Database,
  from: ReceivedFrom,
  sent: SentCdr,
  spoken: SpokenIn,
  now: string,
): Promise<Kept> {
  const { cdr, place } = sent;
  const id = receivedId('cdr', from, cdr.id);
  const arrival = receiveCdr(sent, await readHeldCdr(database, from.operatorId, id), spoken);
  // Whoever sends it again may have had no answer, since we stopped before the others of its session were judged.
  if (arrival.kind === 'repeated') return { kind: 'ok', data: id };
  if (arrival.kind === 'contradicts') return contradicts(arrival.paths);
  const { known, beside, accountId } = await cdrCase(database, from, cdr);
  const verdict = judgeCdr(cdr, known);
  const times = { receivedAt: now, checkedAt: now };
  const { timeZone } = known;
  const { version } = spoken;
  const facts = { from, cdr, place, version, verdict, timeZone, accountId };
  const held = omitUndefined({ ...facts, ...times });
  const written = await createHeldCdr(database, held, beside);
  if (written === 'changed') return 'changed';
  return written === 'written' ? { kind: 'created', data: id } : tooLarge('');
}

/** The CDRs whose verdicts may depend on one that is held: itself, those beside it, and those beside the CDR that it takes back. */
async function dependentOn(
  database: Database,
  from: ReceivedFrom,
  cdr: PartnerCdr,
): Promise<readonly string[]> {
  const { known, others } = await cdrCase(database, from, cdr);
  const { original } = known;
  const ofOriginal = original === undefined ? [] : (await cdrCase(database, from, original)).others;
  return [
    ...new Map([cdr.id, ...others, ...ofOriginal].map((id) => [id.toUpperCase(), id])).values(),
  ];
}

/**
 * Keeps a CDR of a partner with our verdict; `data` of the outcome is our id of it. The same again is success and changes nothing but
 * verdicts; another content under the same id is refused. It is judged again with all whose verdicts may depend on it, whichever came first.
 */
export async function receiveCdrOf(
  database: Database,
  from: ReceivedFrom,
  sent: SentCdr,
  spoken: SpokenIn,
  now: string,
): Promise<OcpiOutcome> {
  const outcome = await despiteOthers(async () => await keepCdr(database, from, sent, spoken, now));
  if (outcome.kind === 'created' || outcome.kind === 'ok') {
    await checkAll(database, from, await dependentOn(database, from, sent.cdr), now);
  }
  return outcome;
}
