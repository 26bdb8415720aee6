import { moneyDecimals, type TenThousandths } from '../../../core/analytics/figures.ts';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { dueOf } from '../../../core/payment/due-of.ts';
import { type MinorUnits, toMinorUnits } from '../../../core/payment/minor-units.ts';
import type { Session } from '../../../core/session/session.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { readConnector } from '../../store/chargers/connectors.ts';
import { readBill } from '../../store/payments/bills.ts';
import { readRunningView } from '../../store/sessions/running-view.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import type { Database } from '../../store/table/client.ts';
import type { Progress } from './advance-attempt.ts';

const none: Progress = { session: 'none', cost: undefined, due: undefined };

const tokenOf = ({ start, stop }: Session): string =>
  (start?.tokenId || stop?.tokenId || '').toLowerCase();

/** Connectors of an EVSE that are looked at: more than any charger has. */
const connectorsOfEvse = [1, 2, 3, 4];

/** The session that runs on a connector, if the token of an attempt began it. */
async function sessionOn(
  database: Database,
  attempt: Attempt,
  connectorId: number,
): Promise<Session | undefined> {
  const { chargerKey, evseId } = attempt;
  const open = (await readConnector(database, chargerKey, { evseId, connectorId }))?.openSessionId;
  return open === undefined ? undefined : await sessionBegunBy(database, attempt, open);
}

async function sessionBegunBy(
  database: Database,
  { attemptId }: Attempt,
  sessionId: string,
): Promise<Session | undefined> {
  const session = (await readSession(database, sessionId, true))?.session;
  return session !== undefined && tokenOf(session) === attemptId.toLowerCase()
    ? session
    : undefined;
}

/**
 * Finds the session of an attempt: the one that is known, or that its token began on its connector, or on another one of the EVSE: a request to
 * a charger of OCPP 2 names the EVSE alone.
 */
async function findSession(database: Database, attempt: Attempt): Promise<Session | undefined> {
  const { sessionId, connectorId } = attempt;
  if (sessionId !== undefined) return await sessionBegunBy(database, attempt, sessionId);
  const own = await sessionOn(database, attempt, connectorId);
  if (own !== undefined) return own;
  const others = connectorsOfEvse.filter((one) => one !== connectorId);
  const found = await Promise.all(
    others.map(async (one) => await sessionOn(database, attempt, one)),
  );
  return found.find((one) => one !== undefined);
}

async function costOf(
  database: Database,
  { sessionId }: Session,
  currency: string,
): Promise<MinorUnits | undefined> {
  const cost = (await readRunningView(database, sessionId))?.cost;
  return cost?.currency === currency
    ? toMinorUnits(decimalOf(cost.inclVat, moneyDecimals) as TenThousandths, currency)
    : undefined;
}

/** Reads how far the session of an attempt is, and what its CDRs come to once they are whole. */
export async function progressOfAttempt(database: Database, attempt: Attempt): Promise<Progress> {
  const session = await findSession(database, attempt);
  if (session === undefined) return none;
  const { sessionId, state } = session;
  if (state === 'active') {
    const cost = await costOf(database, session, attempt.currency);
    return { session: 'active', sessionId, cost, due: undefined };
  }
  const bill = (await readBill(database, sessionId))?.bill;
  const sum = bill?.currency === attempt.currency ? dueOf(bill) : undefined;
  const due = sum === undefined ? undefined : toMinorUnits(sum, attempt.currency);
  return { session: state, sessionId, cost: undefined, due };
}
