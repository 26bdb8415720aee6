import type { Points, Sample } from '../metering/points/points.ts';
import { decodeRunning } from '../session/encode-running.ts';
import { meteredOf } from '../session/finish.ts';
import type { Session } from '../session/session.ts';
import type { Register, WatchedSession } from './alerts.ts';
import { type CurrentWatch, decodeCurrents } from './current-watch.ts';

/** The running view of a session, as far as its alerts need it. */
export type WatchedView = {
  /** The readings so far, in the compact encoded form. */
  readonly running: string;
  /** Its currents, in theirs. */
  readonly currents?: string;
  /** ISO 8601 in UTC. */
  readonly updatedAt: string;
};

/** The course of the register: its latest value, and since when it has it. */
function registerOf({ series }: Points): Register | undefined {
  const registers = [...series.values()].filter(
    ({ key }) => key.quantity === 'register' && key.location !== 'EV' && key.occasion === 'sample',
  );
  const samples: readonly Sample[] =
    (registers.find(({ key }) => key.phase === '') ?? registers[0])?.samples ?? [];
  const last = samples.at(-1);
  if (last === undefined) return undefined;
  const moved = samples.findLastIndex(({ value }) => value !== last.value);
  return { at: Number(last.at), since: Number(samples[moved + 1]?.at ?? last.at) };
}

const currentsOf = (text: string | undefined): { readonly currents?: CurrentWatch } =>
  text === undefined ? {} : { currents: decodeCurrents(text) };

/** A session that runs, by the readings that its running view keeps; it has none before the first. */
export function watchedSession(session: Session, view: WatchedView | undefined): WatchedSession {
  const { sessionId, start } = session;
  const running = view && decodeRunning(view.running);
  const metered = running && meteredOf(session, running);
  const register = running && registerOf(running.points);
  const startedAt = Date.parse(start?.startedAt ?? view?.updatedAt ?? '');
  const heard = view?.updatedAt ?? start?.receivedAt;
  return {
    sessionId,
    startedAt,
    heardAt: heard === undefined ? startedAt : Date.parse(heard),
    series: metered?.series ?? [],
    isIdle: metered?.activities.at(-1)?.kind === 'idle',
    ...(register !== undefined && { register }),
    ...currentsOf(view?.currents),
  };
}
