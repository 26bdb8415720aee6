import type { CdrCorrection } from '../../core/cdr/compute/cdr-correction.ts';
import {
  creditByOperator,
  type OperatorCorrection,
  repriceByOperator,
} from '../../core/cdr/correct/correct-by-operator.ts';
import type { CdrContent } from '../../core/cdr/model/cdr.ts';
import type { Tariff } from '../../core/tariff/model/tariff.ts';
import { readBillingSettings } from '../store/cdrs/billing-settings.ts';
import type { CountedReadings } from '../store/sessions/closed-running-view.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { readTariffVersion } from '../store/tariffs/tariffs.ts';
import type { DecodeMessage } from './decode-once.ts';
import { readDividedReadings } from './divided-readings.ts';
import { rulesFor } from './rules-for.ts';
import { tariffOf } from './tariff-of.ts';

/** The result of an operator's correction, or why there is none: also where no tariff is the one that it names. */
export type FoundCorrection =
  | OperatorCorrection
  | { readonly kind: 'refused'; readonly code: 'TARIFF_NOT_FOUND' | 'TARIFF_VERSION_NOT_FOUND' };

/** A session with its sealed CDR, and which readings that is based on. */
export type SealedSession = {
  readonly stored: StoredSession;
  readonly content: CdrContent;
  readonly counted: CountedReadings | undefined;
};

type TariffCorrection = Extract<CdrCorrection, { kind: 'tariff' }>;

/** The version that is named, or else the one that was in force at the start of the session. */
async function tariffFor(
  database: Database,
  { stored: { session }, content }: SealedSession,
  { tariffId, tariffVersion }: TariffCorrection,
): Promise<Tariff | undefined> {
  if (tariffVersion !== undefined) {
    const { operatorId } = session;
    return (await readTariffVersion(database, operatorId, tariffId, tariffVersion))?.tariff;
  }
  return await tariffOf(database, session, { kind: 'accept', tariffId }, content.startedAt);
}

/** Reads what an operator's correction of a sealed CDR needs, and computes what comes of it; nothing is kept. */
export async function operatorCorrection(
  database: Database,
  sealed: SealedSession,
  correction: CdrCorrection,
  decode: DecodeMessage,
): Promise<FoundCorrection> {
  const { stored, content, counted } = sealed;
  if (correction.kind === 'credit') return creditByOperator(content, correction);
  const tariff = await tariffFor(database, sealed, correction);
  if (tariff === undefined) {
    const isVersion = correction.tariffVersion !== undefined;
    return { kind: 'refused', code: isVersion ? 'TARIFF_VERSION_NOT_FOUND' : 'TARIFF_NOT_FOUND' };
  }
  const [{ messages }, { limits }] = await Promise.all([
    readDividedReadings(database, stored, counted),
    readBillingSettings(database, stored.session.operatorId),
  ]);
  const readings = messages.filter(({ late }) => !late);
  const rules = rulesFor(stored.session, decode);
  return repriceByOperator(content, correction, { counted: readings, tariff, limits }, rules);
}
