import { isoTimeOf } from '../../../core/metering/points/charger-time.ts';
import type { EventOf } from '../../../core/ocpp/event.ts';
import { sessionOfTransaction } from '../../../core/session/session-of-transaction.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import {
  type ChargerContext,
  contextOf,
  placeTariffsOf,
} from '../../connection/charger-context.ts';
import { type Charger, chargerFrom } from '../../store/chargers/chargers.ts';
import { readSite, siteFrom, siteKeys } from '../../store/locations/read-site.ts';
import { tokenFrom } from '../../store/operators/tokens.ts';
import { presentedTokenFrom } from '../../store/sessions/presented-tokens.ts';
import type { StoredSession } from '../../store/sessions/session-item.ts';
import { getItems } from '../../store/table/get-item.ts';
import type { Item } from '../../store/table/item.ts';
import { chargerItemKey } from '../../store/table/keys/charger-keys.ts';
import { presentedTokenKey } from '../../store/table/keys/session-keys.ts';
import { tokenItemKey } from '../../store/table/keys/token-keys.ts';
import type { MessageContext } from '../message-context.ts';
import { asBeginning } from '../token/authorize.ts';
import { authorizePresented } from '../token/authorize-presented.ts';
import { readPriceList } from '../token/read-price-list.ts';
import { transactionLimitOf } from '../token/transaction-limit-of.ts';
import { beginReused } from './begin-reused.ts';
import { type Begun, beginSession } from './begin-session.ts';
import { connectorOfStart, namesConnector } from './connector-of-start.ts';
import { proposedIds } from './proposed-ids.ts';
import type { StartFacts } from './started-event.ts';

type Start = EventOf<'sessionStarted'>;

/**
 * Begins a session, or finds the one that this very start began before: on whatever connection and however late it
 * is repeated, it gets the same transaction id and the same answer. The token decides the answer, not whether the
 * session is kept.
 */
export async function startSession(
  step: MessageContext,
  event: Start,
): Promise<Extract<Begun, { readonly kind: 'begun' }>> {
  const { chargerKey } = step.charger;
  const facts = await readFacts(step, event);
  let previous: string | undefined;
  let other: StoredSession | undefined;
  for (const transactionId of await proposedIds(step, event)) {
    const transaction = {
      transactionId,
      sessionId: sessionOfTransaction(chargerKey, transactionId),
    };
    const begun = await beginSession(step, event, facts, transaction, previous);
    if (begun.kind === 'begun') return begun;
    previous = begun.previous;
    other = begun.standing;
  }
  if (other !== undefined && event.transactionId !== undefined) {
    return await beginReused(step, event, facts, { other, previous });
  }
  throw new Error('No free transaction id was found');
}

type Terms = Pick<StartFacts, 'terms' | 'tariffs'> & {
  readonly terms: Pick<ChargerContext, 'asksPartners'>;
};

/** The terms of a charger's session as they are registered now. The site of one that was moved since it connected is read. */
async function termsOf(
  { database, charger: { protocol, locationId } }: MessageContext,
  charger: Charger,
  around: readonly (Item | undefined)[],
  event: Start,
): Promise<Terms> {
  const isThere = charger.locationId === locationId;
  const site = isThere ? siteFrom(around) : await readSite(database, charger);
  const terms = contextOf(charger, protocol, site, connectorOfStart(event));
  return namesConnector(event) ? { terms } : { terms, tariffs: placeTariffsOf(charger, site) };
}

/** The sender with the approval that its registration has now. */
function approvedAs(step: MessageContext, { approval }: Charger): ChargerContext {
  const { approval: _, ...charger } = step.charger;
  return approval === undefined ? charger : { ...charger, approval };
}

async function readFacts(step: MessageContext, event: Start): Promise<StartFacts> {
  const { operatorId, chargerKey, locationId } = step.charger;
  const { tokenId, transactionId = '' } = event;
  const [chargerItem, item, ...around] = await getItems(step.database, [
    chargerItemKey(chargerKey),
    tokenId === undefined
      ? presentedTokenKey(sessionOfTransaction(chargerKey, transactionId))
      : tokenItemKey(operatorId, tokenId),
    ...siteKeys(operatorId, locationId),
  ]);
  const at = isoTimeOf(event.timestamp, step.now, step.charger.timeZone);
  const token = item === undefined || tokenId === undefined ? undefined : tokenFrom(item);
  const charger = chargerItem === undefined ? undefined : chargerFrom(chargerItem);
  const terms: Terms =
    charger === undefined ? { terms: step.charger } : await termsOf(step, charger, around, event);
  // As it is approved now: the connection may be older than that.
  const asApproved = charger === undefined ? step : { ...step, charger: approvedAs(step, charger) };
  const own = transactionId === '' ? undefined : sessionOfTransaction(chargerKey, transactionId);
  const { asksPartners } = terms.terms;
  const asked = omitUndefined({ own, asksPartners });
  const authorized = await authorizePresented(
    asApproved,
    tokenId ?? '',
    token,
    Date.parse(at),
    asked,
  );
  const { authorization, rest } = asBeginning(step, token, authorized);
  const limit =
    authorization.status === 'Accepted' && tokenId !== undefined
      ? await transactionLimitOf(step, { tokenId, rest, tariffId: terms.terms.tariffId })
      : undefined;
  const answered = { operatorId, tokenId, stored: token, authorization };
  const prices = await readPriceList(step.database, answered);
  const known = { token, prices, authorization, limit };
  const facts = omitUndefined({ ...known, ...terms, registered: charger, at });
  return item === undefined || tokenId !== undefined
    ? facts
    : { ...facts, presented: presentedTokenFrom(item) };
}
