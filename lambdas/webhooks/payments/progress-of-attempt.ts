import { moneyDecimals, type TenThousandths } from '../../../core/analytics/figures.ts';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { dueOf } from '../../../core/payment/due-of.ts';
import { type MinorUnits, toMinorUnits } from '../../../core/payment/minor-units.ts';
import type { Session } from '../../../core/session/session.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import {
  type Connector,
  connectorFrom,
  readChargerItems,
} from '../../store/chargers/connectors.ts';
import { readBill } from '../../store/payments/bills.ts';
import { readRunningView } from '../../store/sessions/running-view.ts';
import { readSession } from '../../store/sessions/sessions.ts';
import type { Database } from '../../store/table/client.ts';
import type { Progress } from './advance-attempt.ts';

const none: Progress = { session: 'none', cost: undefined, due: undefined };

const tokenOf = ({ start, stop }: Session): string =>
  (start?.tokenId || stop?.tokenId || '').toLowerCase();

/** The sessions that may be an attempt's: the one that is known, or those that run on its EVSE, its own connector's first. */
async function sessionIdsOf(database: Database, attempt: Attempt): Promise<readonly string[]> {
  const { sessionId, chargerKey, evseId, connectorId } = attempt;
  if (sessionId !== undefined) return [sessionId];
  const { connectors } = await readChargerItems(database, chargerKey);
  const own = (connector: Connector): boolean => connector.connectorId === connectorId;
  return connectors
    .map(connectorFrom)
    .filter((connector) => connector.evseId === evseId)
    .toSorted((a, b) => Number(own(b)) - Number(own(a)))
    .flatMap(({ openSessionId }) => openSessionId ?? []);
}

/** Finds the session that the token of an attempt began. Chargers of OCPP 2 are told the EVSE alone, and may use another connector of it. */
async function findSession(database: Database, attempt: Attempt): Promise<Session | undefined> {
  for (const sessionId of await sessionIdsOf(database, attempt)) {
    const session = (await readSession(database, sessionId, true))?.session;
    if (session !== undefined && tokenOf(session) === attempt.attemptId.toLowerCase()) {
      return session;
    }
  }
  return undefined;
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
