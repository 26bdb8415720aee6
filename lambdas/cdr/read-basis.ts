import type { CdrBasis } from '../../core/cdr/compute/cdr-basis.ts';
import { plainNumber } from '../../core/cdr/compute/session-facts.ts';
import { isUnknownWh } from '../../core/metering/register/register-from-wh.ts';
import type { Session } from '../../core/session/session.ts';
import type { StoredSession } from '../store/sessions/session-item.ts';
import type { Database } from '../store/table/client.ts';
import { previousPower } from './previous-power.ts';
import { datesOf, endIfLater, laterDatedEnd } from './read-dates.ts';
import { type Previous, type PreviousHelpers, readPrevious } from './read-previous.ts';

/** The register at the start of a session, where the one that follows it begins below that, or with an unknown register. */
function startIfAbove(previous: Session, { start }: Session): { readonly startWh?: number } {
  const [before, register] = [previous.start?.meterStart, start?.meterStart];
  if (before === undefined || isUnknownWh(before)) return {};
  const isUnknown = register === undefined || isUnknownWh(register);
  return isUnknown || register < before ? { startWh: plainNumber(before) } : {};
}

/**
 * Where the connector's session before this one ended: by its charger's stop, and, where its CDR has been made already,
 * by the last verified signed values that there were by then and its mean power.
 */
async function previousEndOf(
  database: Database,
  stored: StoredSession,
  previous: Previous | undefined,
): Promise<Pick<CdrBasis, 'previousRegister' | 'previousSigned' | 'previousPowerW'>> {
  if (previous === undefined) return await laterDatedEnd(database, stored);
  const { adjacent, pointed } = previous;
  const meterStop = adjacent?.session.stop?.meterStop;
  const signedStop = pointed.result?.signedStop;
  return {
    ...previousPower(pointed, stored.session),
    ...(adjacent !== undefined &&
      meterStop !== undefined && {
        previousRegister: {
          sessionId: adjacent.session.sessionId,
          wh: plainNumber(meterStop),
          ...startIfAbove(adjacent.session, stored.session),
          ...endIfLater(adjacent.session, stored.session),
        },
      }),
    ...(signedStop !== undefined && { previousSigned: signedStop }),
  };
}

/** Reads what a session's CDR is based on besides its own messages and its tariff. */
export async function readBasis(
  database: Database,
  stored: StoredSession,
  helpers: PreviousHelpers,
): Promise<CdrBasis> {
  const { decision, promoCode } = stored;
  const previous = await readPrevious(database, stored, helpers);
  return {
    ...(await previousEndOf(database, stored, previous)),
    ...(await datesOf(database, stored, previous?.pointed.session)),
    ...(decision !== undefined && { decision }),
    ...(promoCode !== undefined && { promoCode: { kind: 'redeemed', ...promoCode } as const }),
  };
}
