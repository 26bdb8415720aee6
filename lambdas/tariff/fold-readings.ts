import type { Database } from '../store/client.ts';
import { readConnector } from '../store/connectors.ts';
import type { KeptReading } from '../store/readings.ts';
import { readSession } from '../store/sessions.ts';
import { reportOf } from './report-of.ts';
import { type LiveUpdate, updateLiveSession } from './update-live-session.ts';

/** Messages that follow each other and belong to one session or one connector. */
export type Stretch = readonly [KeptReading, ...KeptReading[]];

const partitionOf = ({ sessionId, chargerKey, connectorId }: KeptReading): string =>
  sessionId ?? `${chargerKey}#${connectorId}`;

/** Puts messages together by the session or connector they belong to, in the order of each one's first. */
export function stretchesOf(readings: readonly KeptReading[]): readonly Stretch[] {
  const stretches = new Map<string, [KeptReading, ...KeptReading[]]>();
  for (const reading of readings) {
    const stretch = stretches.get(partitionOf(reading));
    if (stretch === undefined) stretches.set(partitionOf(reading), [reading]);
    else stretch.push(reading);
  }
  return [...stretches.values()];
}

/** The session that a stretch is about: its own, or the one that is open on its connector. */
async function sessionOf(
  database: Database,
  [first, ...others]: Stretch,
): Promise<{ readonly sessionId: string; readonly since: string } | undefined> {
  if (first.sessionId !== undefined) return { sessionId: first.sessionId, since: '' };
  const connector = await readConnector(database, first.chargerKey, first.connectorId);
  const { openSessionId, openSessionStartedAt = '' } = connector ?? {};
  const latest =
    [first, ...others]
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? '';
  if (openSessionId === undefined || latest < openSessionStartedAt) return undefined;
  const stored = await readSession(database, openSessionId);
  // The connector points at its last session until the next one begins.
  return stored?.session.state === 'active'
    ? { sessionId: openSessionId, since: openSessionStartedAt }
    : undefined;
}

/** Folds messages into the running view of their session. A stop is no reading: the CDR is made from everything. */
export async function foldStretch(
  database: Database,
  stretch: Stretch,
  now: string,
): Promise<LiveUpdate> {
  const session = await sessionOf(database, stretch);
  if (session === undefined) return 'no-session';
  const own = stretch.filter(({ at, kind }) => at >= session.since && kind !== 'stop');
  if (own.length === 0) return 'unchanged';
  return await updateLiveSession(database, session.sessionId, reportOf(own), now);
}
