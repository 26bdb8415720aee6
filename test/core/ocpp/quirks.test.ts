import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OcppEvent } from '../../../core/ocpp/event.ts';
import {
  v16Coercions,
  v16Repairs,
  v16TolerancesOf,
  v16ToleratedViolations,
} from '../../../core/ocpp/quirks/v16-quirks.ts';
import { receive } from '../../../core/ocpp/receive.ts';
import { frameQuirks } from '../../../core/ocpp/rpc/frame-quirk.ts';
import { routes } from '../../../core/ocpp/v16/routes.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';

type Transcript = {
  readonly about: string;
  readonly received: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
};

const folder = join(import.meta.dirname, '../../golden/ocpp/1.6');
const folders = readdirSync(folder).sort();
const flags = new Set(Object.keys(routes).flatMap((action) => v16TolerancesOf(action).flags));
const known = [
  ...frameQuirks,
  ...[...v16Repairs, ...v16Coercions, ...v16ToleratedViolations, ...flags].map(({ name }) => name),
];
const transcripts = folders.flatMap((quirk) =>
  readdirSync(join(folder, quirk)).map((file) => ({
    quirk,
    file,
    ...(JSON.parse(readFileSync(join(folder, quirk, file), 'utf8')) as Transcript),
  })),
);
const receivedAt = Date.parse('2026-04-14T16:30:05.000Z');

/** The stored message as later steps decode it, without what the transcript cannot know. */
const laterReadings = (event: OcppEvent): object => {
  if (event.kind === 'statusReported') {
    const [state] = v16.decodeStored('status', event.raw, receivedAt).states;
    return { state: state && { timestamp: state.timestamp, status: state.status } };
  }
  if (event.kind !== 'metered' && event.kind !== 'sessionStopped') return {};
  const kind = event.kind === 'metered' ? 'meter' : 'stop';
  const { readings } = v16.decodeStored(kind, event.raw, receivedAt);
  return {
    readings: readings.map(({ timestamp, sampledValues }) => ({ timestamp, sampledValues })),
  };
};

const outcome = (text: string): object => {
  const received = receive(v16, text);
  if (received.kind !== 'call') return { kind: received.kind };
  const [first] = received.events;
  if (first === undefined) return { kind: 'nothing' };
  const { raw: _raw, ...event } = first;
  return { kind: 'event', quirks: received.quirks, event, ...laterReadings(first) };
};

describe('quirks of real OCPP 1.6 chargers', () => {
  it('each quirk of OCPP 1.6 chargers has its own name', () => {
    expect(new Set(known).size).toBe(known.length);
  });

  it('each quirk has a transcript, and each transcript belongs to a known quirk', () => {
    expect(folders).toEqual([...known].sort());
    for (const quirk of folders) expect(readdirSync(join(folder, quirk)), quirk).not.toEqual([]);
  });

  it.each(transcripts)('the quirk $quirk of $file: $about', ({ quirk, received, expected }) => {
    const text = typeof received === 'string' ? received : JSON.stringify(received);
    expect(outcome(text)).toEqual(expected);
    if (quirk !== 'empty-frame') expect(expected['quirks']).toContain(quirk);
  });
});
