import { isSameConnector } from '../../core/charger/connector-ref.ts';
import { isoTimeOf, pastTimeOf } from '../../core/metering/points/charger-time.ts';
import type { Answers } from '../../core/ocpp/answer.ts';
import type { EventOf } from '../../core/ocpp/event.ts';
import { transactionIdOf } from '../../core/ocpp/v16/derive-transaction-id.ts';
import { applySessionEvent } from '../../core/session/apply-session-event.ts';
import type { Session } from '../../core/session/session.ts';
import type { SessionStarted } from '../../core/session/session-event.ts';
import { sessionId } from '../../core/session/session-id.ts';
import type { TokenAuthorization } from '../../core/token/authorize-token.ts';
import { maxPowerOf } from '../connection/charger-context.ts';
import { applyToSession } from '../store/apply-to-session.ts';
import { type Charger, chargerFrom } from '../store/chargers.ts';
import { type Opened, openSessionOn } from '../store/connectors.ts';
import { insertSession } from '../store/sessions.ts';
import { getItems } from '../store/table/get-item.ts';
import { chargerItemKey, tokenItemKey } from '../store/table/keys.ts';
import { type StoredToken, tokenFrom } from '../store/tokens.ts';
import { authorizeStored } from './authorize.ts';
import { type MessageContext, placeOf, receivedAt } from './message-context.ts';
import { storableConnector } from './storable-connector.ts';
import { storableRegister } from './storable-register.ts';

type Start = EventOf<'sessionStarted'>;

/** What is known when a start is kept, whatever id it gets. */
type Facts = {
  readonly token: StoredToken | undefined;
  readonly authorization: TokenAuthorization;
  readonly charger: Charger | undefined;
  /** The charger's time, ISO 8601 in UTC. */
  readonly at: string;
};

/** A session that began: what to answer, and whether this message began it. */
export type Begun = {
  readonly answer: Answers['sessionStarted'];
  readonly sessionId: string;
  readonly isNew: boolean;
};

/** What became of a start: `taken` when another start has the transaction id. */
type Kept = { readonly status: Status; readonly isNew: boolean } | 'taken';

/** No charger has as many starts with one id; the loop ends long before. */
const mostProbes = 32;

/**
 * Begins a session, or finds the one that this very start began before: on whatever connection and however late it
 * comes again, it gets the same transaction id and the same answer. The token decides the answer, not whether the
 * session is kept.
 */
export async function startSession(step: MessageContext, event: Start): Promise<Begun> {
  const facts = await readFacts(step, event);
  const connector = storableConnector(event);
  let previous: string | undefined;
  for (let probe = 0; probe < mostProbes; probe += 1) {
    const transactionId = transactionIdText(step, event, probe);
    const id = sessionId(step.charger.chargerKey, transactionId);
    const opened = await openSessionOn(step.database, step.charger.chargerKey, connector, {
      sessionId: id,
      startedAt: pastTimeOf(event.timestamp, step.now),
    });
    previous ??= opened.previousSessionId;
    const started = startedEvent(step, event, facts, transactionId, previous);
    const kept = await keepStart(step, event, started, opened);
    if (kept === 'taken') {
      // The session before the other start does not concern this one.
      if (opened.kind === 'opened-before') previous = undefined;
      continue;
    }
    const authorization = { ...facts.authorization, status: kept.status };
    return { answer: { transactionId, authorization }, sessionId: id, isNew: kept.isNew };
  }
  throw new Error('No free transaction id was found');
}

async function readFacts(step: MessageContext, event: Start): Promise<Facts> {
  const { operatorId, chargerKey } = step.charger;
  const [chargerItem, tokenItem] = await getItems(step.database, [
    chargerItemKey(chargerKey),
    tokenItemKey(operatorId, event.tokenId),
  ]);
  const at = isoTimeOf(event.timestamp, step.now);
  const token = tokenItem === undefined ? undefined : tokenFrom(tokenItem);
  const authorization = await authorizeStored(step, token, Date.parse(at));
  const charger = chargerItem === undefined ? undefined : chargerFrom(chargerItem);
  return { token, authorization, charger, at };
}

/**
 * The transaction id that a start gets by its content; `probe` counts the ids before it that other starts have.
 * A start without a timestamp is known by the rest of it: the time of receipt would make each repetition a new one.
 */
export const transactionIdText = (step: MessageContext, event: Start, probe: number): string =>
  String(
    transactionIdOf(
      {
        chargerKey: step.charger.chargerKey,
        connectorId: event.connectorId,
        idTag: event.tokenId,
        startedAt: event.timestamp ?? '',
        meterStart: event.meterStart ?? -1,
      },
      probe,
    ),
  );

function startedEvent(
  step: MessageContext,
  event: Start,
  { token, authorization, charger, at }: Facts,
  transactionId: string,
  previousSessionId: string | undefined,
): SessionStarted {
  const { operatorId, chargerId, chargerKey, protocol } = step.charger;
  const maxPowerW = charger === undefined ? step.charger.maxPowerW : maxPowerOf(charger);
  const tariffId = charger === undefined ? step.charger.tariffId : charger.tariffId;
  const meterStart = storableRegister(event.meterStart);
  return {
    kind: 'started',
    identity: {
      sessionId: sessionId(chargerKey, transactionId),
      operatorId,
      chargerId,
      ...storableConnector(event),
      transactionId,
      protocol,
      timeZone: charger?.timeZone ?? step.charger.timeZone,
      ...(maxPowerW === undefined ? {} : { maxPowerW }),
    },
    start: {
      startedAt: event.timestamp ?? at,
      receivedAt: receivedAt(step),
      tokenId: event.tokenId,
      authorization: authorization.status,
      ...(meterStart === undefined ? {} : { meterStart }),
      ...(token?.accountId === undefined ? {} : { accountId: token.accountId }),
      ...(token?.promoCode === undefined ? {} : { promoCode: token.promoCode }),
    },
    fixed: {
      ...(tariffId === undefined ? {} : { tariffId }),
      ...(previousSessionId === undefined ? {} : { previousSessionId }),
    },
  };
}

/** The same start: what the charger said is the same, whatever we know of token and tariff by now. */
const isRepetition = (session: Session, event: Start): boolean =>
  isSameConnector(session, storableConnector(event)) &&
  session.start?.meterStart === storableRegister(event.meterStart) &&
  session.start?.tokenId.toUpperCase() === event.tokenId.toUpperCase() &&
  // Without a time a start of the same content is another one as soon as the first has come to its end.
  (event.timestamp === undefined
    ? session.stop === undefined
    : session.start.startedAt === event.timestamp);

type Status = TokenAuthorization['status'];

const statuses: readonly Status[] = ['Accepted', 'Blocked', 'Expired', 'Invalid'];

const statusOf = (word: string): Status => statuses.find((one) => one === word) ?? 'Invalid';

/** The session that a start makes: over already where a later one runs on its connector, until its own stop arrives. */
function begunSession(started: SessionStarted, opened: Opened): Session {
  const session = applySessionEvent(undefined, started);
  const { laterSessionId: by, laterStartedAt: endedAt } = opened;
  const { receivedAt: received } = started.start;
  const begun =
    by === undefined || endedAt === undefined
      ? session
      : applySessionEvent(session, { kind: 'superseded', by, endedAt, receivedAt: received });
  if (begun === undefined) throw new Error('A start makes a session');
  return begun;
}

/** Keeps a start and gives the status to answer: a repetition gets the one that it got before. */
async function keepStart(
  step: MessageContext,
  event: Start,
  started: SessionStarted,
  opened: Opened,
): Promise<Kept> {
  const { database } = step;
  const given = statusOf(started.start.authorization);
  const session = begunSession(started, opened);
  const write = await insertSession(database, session, placeOf(step));
  if (write.kind === 'written') return { status: given, isNew: true };
  const standing = write.stored;
  const begun = standing?.session.start;
  if (standing === undefined || begun === undefined) {
    await applyToSession(database, placeOf(step), started, standing);
    return { status: given, isNew: true };
  }
  if (!isRepetition(standing.session, event)) return 'taken';
  return { status: statusOf(begun.authorization), isNew: false };
}
