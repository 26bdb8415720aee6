import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { loadVersion } from '../../../core/ocpp/load-version.ts';
import { type Protocol, protocols } from '../../../core/ocpp/protocol.ts';
import { receive } from '../../../core/ocpp/receive.ts';
import { type Body, codesOf, plugIn } from '../plant.ts';
import type { TestSite } from '../test-site.ts';
import { resolve } from './bindings.ts';

const root = join(import.meta.dirname, '../../golden/ocpp/sessions');

/** The outcome of a session, the same in every version. */
export type GoldenOutcome = {
  readonly session: Readonly<Record<string, unknown>>;
  /** Each measured energy and power with its time, quantity, occasion and phase; Wh or W. */
  readonly readings: readonly string[];
  readonly cdr: object;
};

/** The messages of a session in one version, and its outcome. */
export type GoldenSession = {
  readonly name: string;
  readonly protocol: Protocol;
  readonly frames: readonly unknown[];
  readonly expected: GoldenOutcome;
};

const read = (...path: string[]): unknown =>
  JSON.parse(readFileSync(join(root, ...path), 'utf8')) as unknown;

/** The golden sessions; a file that names no version of OCPP throws. */
export const goldenSessions = (): readonly GoldenSession[] =>
  readdirSync(root).flatMap((name) =>
    readdirSync(join(root, name))
      .filter((file) => file !== 'expected.json')
      .map((file) => {
        const protocol = protocols.find((one) => `${one.replace('ocpp', '')}.json` === file);
        if (protocol === undefined) throw new Error(`${name}/${file} is of no version`);
        const frames = read(name, file) as readonly unknown[];
        const expected = read(name, 'expected.json') as GoldenOutcome;
        return { name, protocol, frames, expected };
      }),
  );

/** A message on its way: the frame, and our clock when it arrives (epoch ms). */
export type Arrival = { readonly frame: unknown; readonly at: number };

/** The transaction id that a session of OCPP 1.6 will have, whenever its start arrives: that of the start's content. */
async function transactionIdOf(site: TestSite, session: GoldenSession): Promise<number> {
  const version = await loadVersion(session.protocol);
  const events = session.frames.flatMap((frame) => {
    const received = receive(version, JSON.stringify(frame));
    return received.kind === 'call' ? received.events : [];
  });
  const start = events.find((event) => event.kind === 'sessionStarted');
  if (start === undefined) throw new Error(`${session.name} has no start`);
  const [id] = version.proposeTransactionIds(site.chargerKey, start);
  return Number(id);
}

/** Sends the messages of a session, in this order, from a charger of its own, and does everything that follows. */
export async function sendSession(
  site: TestSite,
  session: GoldenSession,
  arrivals: readonly Arrival[],
): Promise<void> {
  await site.register();
  const bindings = new Map([['$tx', await transactionIdOf(site, session)]]);
  for (const { frame, at } of arrivals) {
    const charger = await plugIn(site.database, site.chargerKey, at, session.protocol);
    await charger.send(JSON.stringify(resolve(frame, bindings)));
  }
  await site.settle();
}

const lineOf = (at: bigint, rest: readonly string[], value: bigint): string =>
  [new Date(Number(at)).toISOString().slice(11, 16), ...rest, Number(value) / 1000]
    .filter((part) => part !== '')
    .join(' ');

/** The canonical readings of stored messages, one a line, in order. */
async function readingLines(
  protocol: Protocol,
  stored: readonly Body[],
): Promise<readonly string[]> {
  const version = await loadVersion(protocol);
  const readings = stored.flatMap((message) => decodeMessage(version, message as never).readings);
  const lines = [...pointsOf(readings).series.values()].flatMap(
    ({ key: { quantity, occasion, phase }, samples }) =>
      samples.map(({ at, value }) => lineOf(at, [quantity, occasion, phase], value)),
  );
  // A reading that came twice at very different times is one line.
  return [...new Set(lines)].sort();
}

/** The outcome of the only session of the charger. */
export async function outcomeOf(site: TestSite, protocol: Protocol) {
  const sessions = await site.sessions();
  const [session] = sessions;
  const cdr = await site.cdrOf(session);
  const path = `/sessions/${session?.['sessionId']}/readings?limit=100`;
  const { body } = await site.call('GET', path);
  return {
    count: sessions.length,
    session: { ...session, anomalies: codesOf(session) },
    readings: await readingLines(protocol, body.items ?? []),
    cdr: { ...cdr, anomalies: codesOf(cdr) },
  };
}
