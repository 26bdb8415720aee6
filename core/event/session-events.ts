import { chargerKey } from '../charger/charger-key.ts';
import type { Anomaly } from '../metering/model/anomaly.ts';
import type { Session } from '../session/session.ts';
import { shownTimes } from '../session/shown-times.ts';
import type { EventDraft, SessionFacts } from './event.ts';
import type { SessionImage } from './state-image.ts';

/** The facts of a session that its events show. */
export const shownSessionFacts = (session: Session): SessionFacts => ({
  sessionId: session.sessionId,
  evseId: session.evseId,
  connectorId: session.connectorId,
  transactionId: session.transactionId,
  // A charger that names no token sends an empty one, or none.
  tokenId: session.start?.tokenId || session.stop?.tokenId || null,
  accountId: session.start?.accountId ?? null,
  state: session.state,
  ...shownTimes(session),
  stopReason: session.stop?.reason ?? null,
  tariffId: session.tariffId ?? null,
});

const keyOf = ({ code, ref }: Anomaly): string => `${code} ${ref ?? ''}`;

const newAnomalies = (old: SessionImage | undefined, image: SessionImage): readonly Anomaly[] => {
  const known = new Set((old?.anomalies ?? []).map(keyOf));
  return [...new Map(image.anomalies.map((one) => [keyOf(one), one])).values()].filter(
    (one) => !known.has(keyOf(one)),
  );
};

/** The end of a session as one text: another one may take its place, as when a stop arrives after all. */
const endOf = ({ stop, state }: Session): string =>
  JSON.stringify([state, stop?.endedAt, stop?.meterStop, stop?.reason, stop?.tokenId]);

/**
 * A session began, ended, or was changed after its end: its stop arrived after all, or its operator declared it void. Each
 * anomaly that is new is an event of its own. The result of its CDR is an event of the CDR.
 */
export function sessionEvents(
  old: SessionImage | undefined,
  image: SessionImage,
  writtenAt: string,
): readonly EventDraft[] {
  const { session } = image;
  const before = old?.session;
  const subject = {
    kind: 'charger',
    chargerKey: chargerKey(session.operatorId, session.chargerId),
  } as const;
  const data = shownSessionFacts(session);
  const events: EventDraft[] = [];
  if (session.start !== undefined && before?.start === undefined) {
    events.push({ type: 'session.started', subject, at: session.start.receivedAt, data });
  }
  if (session.stop !== undefined && before?.stop === undefined) {
    events.push({ type: 'session.ended', subject, at: session.stop.receivedAt, data });
  } else if (before !== undefined && endOf(before) !== endOf(session)) {
    events.push({ type: 'session.updated', subject, at: writtenAt, data });
  }
  for (const anomaly of newAnomalies(old, image)) {
    const shown = { ...data, anomaly };
    events.push({ type: 'session.anomaly', subject, at: writtenAt, data: shown });
  }
  return events;
}
