import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { v2xTolerancesOf } from '../../../../core/ocpp/quirks/v2x-quirks.ts';
import { receive } from '../../../../core/ocpp/receive.ts';
import { routes } from '../../../../core/ocpp/v201/routes.ts';
import { v201 } from '../../../../core/ocpp/v201/v201.ts';

type Transcript = {
  readonly about: string;
  readonly received: unknown;
  readonly expected: Readonly<Record<string, unknown>>;
};

const folder = join(import.meta.dirname, '../../../golden/ocpp/2.x');
const folders = readdirSync(folder).sort();
const known = [
  ...new Set(
    Object.keys(routes).flatMap((action) => {
      const { repairs, coercions, toleratedViolations, flags } = v2xTolerancesOf(action);
      return [...repairs, ...coercions, ...toleratedViolations, ...flags].map(({ name }) => name);
    }),
  ),
];
const transcripts = folders.flatMap((quirk) =>
  readdirSync(join(folder, quirk)).map((file) => ({
    quirk,
    file,
    ...(JSON.parse(readFileSync(join(folder, quirk, file), 'utf8')) as Transcript),
  })),
);
const receivedAt = Date.parse('2026-04-14T16:30:05.000Z');

const outcome = (frame: unknown): object => {
  const received = receive(v201, JSON.stringify(frame));
  if (received.kind !== 'call') return { kind: received.kind };
  const events = received.events.map(({ raw: _raw, ...event }) => event);
  const { action, quirks, events: whole } = received;
  const isStored = action === 'TransactionEvent' || action === 'MeterValues';
  if (!isStored) return { quirks, events };
  const { readings } = v201.decodeStored('meter', whole[0]?.raw ?? '', receivedAt);
  return {
    quirks,
    events,
    readings: readings.map(({ timestamp, seqNo, sampledValues }) => ({
      timestamp,
      ...(seqNo === undefined ? {} : { seqNo }),
      sampledValues,
    })),
  };
};

describe('quirks of real OCPP 2.0.1 chargers', () => {
  it('each quirk of OCPP 2.0.1 chargers has a transcript, and each transcript belongs to a known quirk', () => {
    expect(folders).toEqual([...known].sort());
    for (const quirk of folders) expect(readdirSync(join(folder, quirk)), quirk).not.toEqual([]);
  });

  it.each(transcripts)('the quirk $quirk of $file: $about', ({ quirk, received, expected }) => {
    expect(outcome(received)).toEqual(expected);
    expect(expected['quirks']).toContain(quirk);
  });
});
