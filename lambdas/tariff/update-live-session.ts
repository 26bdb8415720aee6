import type { ConnectorState, MeterReading } from '../../core/metering/reading.ts';
import { accumulate, notYetRunning, type RunningSession } from '../../core/session/accumulate.ts';
import { decodeRunning, encodeRunning } from '../../core/session/encode-running.ts';
import { meteredOf } from '../../core/session/finish.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import type { Database } from '../store/client.ts';
import { readEvidence } from '../store/evidence.ts';
import { type LiveSession, readLiveSession, writeLiveSession } from '../store/live-sessions.ts';
import { reportOf } from './report-of.ts';
import { type SessionFacts, sessionFacts } from './session-facts.ts';

/** What is new about a session. */
export type News = {
  readonly readings: readonly MeterReading[];
  readonly states: readonly ConnectorState[];
};

/** What became of the running view. */
export type LiveUpdate = 'written' | 'unchanged' | 'no-session';

const mostAttempts = 4;

/**
 * Folds news into the running view of a session: energy, power and cost so far. A session that nobody wrote a view of
 * yet gets it from everything that was kept. Repeated and reordered news give the same view.
 */
export async function updateLiveSession(
  database: Database,
  sessionId: string,
  news: News,
  now: string,
): Promise<LiveUpdate> {
  const facts = await sessionFacts(database, sessionId);
  if (facts === undefined) return 'no-session';
  let standing = await readLiveSession(database, sessionId);
  // The first reading brings the states before it along: alone they show nothing.
  if (standing === undefined && news.readings.length === 0) return 'unchanged';
  for (let n = 0; n < mostAttempts; n += 1) {
    const running = await fold(database, facts, standing, news);
    const next = liveOf(facts, running, standing, now);
    if (next.running === standing?.running) return 'unchanged';
    const write = await writeLiveSession(database, next);
    if (write.kind === 'written') return 'written';
    standing = write.live;
  }
  throw new Error('The running view kept changing while readings were folded in');
}

async function fold(
  database: Database,
  { stored }: SessionFacts,
  standing: LiveSession | undefined,
  news: News,
): Promise<RunningSession> {
  if (standing !== undefined) {
    return accumulate(decodeRunning(standing.running), news.readings, news.states);
  }
  const { readings, states } = reportOf(await readEvidence(database, stored));
  return accumulate(notYetRunning, readings, states);
}

function liveOf(
  { stored, tariff }: SessionFacts,
  running: RunningSession,
  standing: LiveSession | undefined,
  updatedAt: string,
): LiveSession {
  const { session } = stored;
  const metered = meteredOf(session, running);
  const cost =
    tariff === undefined ? undefined : priceSession(tariff, metered, session.timeZone).total;
  return {
    sessionId: session.sessionId,
    running: encodeRunning(running),
    energy: metered.energy,
    updatedAt,
    version: (standing?.version ?? 0) + 1,
    ...(metered.power === undefined ? {} : { power: metered.power }),
    ...(metered.stateOfCharge === undefined ? {} : { stateOfCharge: metered.stateOfCharge }),
    ...(cost === undefined ? {} : { cost }),
  };
}
