import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveEvents } from '../../../core/event/derive-events.ts';
import type { EventDraft } from '../../../core/event/event.ts';
import type { ConnectionImage } from '../../../core/event/state-image.ts';

const timeAt = (minute: number): string => new Date(Date.UTC(2026, 3, 14, 0, minute)).toISOString();

/** Something that is written about a charger's connection. */
type Step = 'connects' | 'hangs up' | 'is offline' | 'is heard' | 'is deleted';

const connected = (minute: number): ConnectionImage => ({
  kind: 'connection',
  chargerKey: 'op_a#cp-1',
  connectionId: `c${minute}`,
  protocol: 'ocpp1.6',
  connectedAt: timeAt(minute),
});

/** The item after a step, as the store writes it. */
function after(
  image: ConnectionImage | undefined,
  step: Step,
  minute: number,
): ConnectionImage | undefined {
  if (step === 'connects') return connected(minute);
  if (image === undefined || step === 'is deleted') return undefined;
  if (step === 'hangs up') return { ...image, disconnectedAt: timeAt(minute) };
  const { disconnectedAt: offlineSince, offlineSince: known } = image;
  return step === 'is offline' && offlineSince !== undefined && known === undefined
    ? { ...image, offlineSince, offlineAt: timeAt(minute) }
    : image;
}

/** The events of some steps, a minute each, where every record of the stream comes once. */
function eventsOf(steps: readonly Step[]): readonly EventDraft[] {
  let image: ConnectionImage | undefined;
  return steps.flatMap((step, minute) => {
    const old = image;
    image = after(old, step, minute);
    return deriveEvents(old, image, timeAt(minute));
  });
}

const steps = fc.array(
  fc.constantFrom<Step>('connects', 'hangs up', 'is offline', 'is heard', 'is deleted'),
  { maxLength: 30 },
);

describe('a charger that is offline', () => {
  it('a charger is offline and online again in turns, whatever happens to its connection, unless it was deleted in between', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const turns = eventsOf(all).filter(
          (one) => one.type === 'charger.offline' || one.type === 'charger.online',
        );
        for (const [index, { type, data }] of turns.entries()) {
          if (type !== 'charger.online') continue;
          const ms = Date.parse(data.connectedAt) - Date.parse(data.since);
          expect(data.durationSeconds * 1000).toBe(ms);
          const before = { type: 'charger.offline', data: { since: data.since } };
          expect(turns[index - 1]).toMatchObject(before);
        }
        const repeated = turns.filter(({ type }, index) => type === turns[index - 1]?.type);
        if (!all.includes('is deleted')) expect(repeated).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('each outage that is noted is one event, and its end another one, after the charger connected', () => {
    const types = (all: readonly Step[]) => eventsOf(all).map(({ type }) => type);
    const outage = ['connects', 'hangs up', 'is heard', 'is offline', 'is offline'] as const;

    expect(types([...outage, 'hangs up', 'connects', 'connects'])).toEqual([
      'charger.connected',
      'charger.disconnected',
      'charger.offline',
      'charger.connected',
      'charger.online',
      'charger.connected',
    ]);
    expect(types(['connects', 'hangs up', 'connects'])).not.toContain('charger.online');
    expect(types([...outage, 'is deleted', 'connects'])).not.toContain('charger.online');
  });

  it('an outage is named by when the connection ended, also where that is written once more later', () => {
    const all = eventsOf(['connects', 'hangs up', 'is offline', 'hangs up', 'connects']);

    expect(all.filter(({ type }) => /line$/.test(type))).toEqual([
      {
        type: 'charger.offline',
        subject: { kind: 'charger', chargerKey: 'op_a#cp-1' },
        at: timeAt(2),
        data: { since: timeAt(1) },
      },
      {
        type: 'charger.online',
        subject: { kind: 'charger', chargerKey: 'op_a#cp-1' },
        at: timeAt(4),
        data: { since: timeAt(1), connectedAt: timeAt(4), durationSeconds: 180 },
      },
    ]);
  });
});
