import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceCampaign } from '../../../core/firmware/advance-campaign.ts';
import {
  type Campaign,
  type CampaignRules,
  isAtRest,
  resumeCampaign,
  stopCampaign,
} from '../../../core/firmware/campaign.ts';
import type { FirmwareVerdict } from '../../../core/firmware/firmware-verdict.ts';

const rules: fc.Arbitrary<CampaignRules> = fc.record({
  waveSize: fc.integer({ min: 1, max: 5 }),
  maxFailedPercent: fc.integer({ min: 0, max: 100 }),
  retries: fc.integer({ min: 0, max: 2 }),
  hoursPerCharger: fc.integer({ min: 1, max: 4 }),
  evenIfCharging: fc.boolean(),
});

const campaignOf = (chargers: number, its: CampaignRules): Campaign => ({
  state: 'running',
  rules: its,
  waiting: Array.from({ length: chargers }, (_, n) => ({ chargerId: `CP-${n}`, attempt: 1 })),
  inFlight: [],
  ended: [],
  countedFrom: 0,
});

type Step = {
  readonly minutes: number;
  readonly verdicts: readonly FirmwareVerdict['kind'][];
  readonly charging: readonly boolean[];
  readonly isOpen: boolean;
  readonly order: 'none' | 'stop' | 'resume';
};

const step: fc.Arbitrary<Step> = fc.record({
  minutes: fc.integer({ min: 1, max: 120 }),
  verdicts: fc.array(fc.constantFrom('open', 'installed', 'failed'), {
    minLength: 8,
    maxLength: 8,
  }),
  charging: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  isOpen: fc.boolean(),
  order: fc.constantFrom('none', 'none', 'none', 'stop', 'resume'),
});

const orders = {
  none: (campaign: Campaign) => campaign,
  stop: stopCampaign,
  resume: resumeCampaign,
} as const;

/** The campaign after a step, and the campaign that the step looked at. */
function take(before: Campaign, one: Step, at: number): readonly [Campaign, Campaign] {
  const ordered = orders[one.order](before);
  const number = (chargerId: string): number => Number(chargerId.slice(3));
  const after = advanceCampaign(ordered, {
    now: new Date(at).toISOString(),
    verdicts: new Map(
      ordered.inFlight.map(({ chargerId }) => [
        chargerId,
        { kind: one.verdicts[number(chargerId) % 8] ?? 'open' },
      ]),
    ),
    charging: new Set(
      ordered.waiting
        .map(({ chargerId }) => chargerId)
        .filter((chargerId) => one.charging[number(chargerId) % 8]),
    ),
    isOpen: one.isOpen,
  });
  return [after, ordered];
}

/** All states of a campaign on its way, each with the one before and the step between. */
function way(chargers: number, its: CampaignRules, steps: readonly Step[]) {
  const states: { before: Campaign; after: Campaign; one: Step }[] = [];
  let at = Date.UTC(2026, 0, 1);
  let campaign = campaignOf(chargers, its);
  for (const one of steps) {
    at += one.minutes * 60_000;
    const [after, before] = take(campaign, one, at);
    states.push({ before, after, one });
    campaign = after;
  }
  return states;
}

const walks = fc.tuple(fc.integer({ min: 0, max: 12 }), rules, fc.array(step, { maxLength: 40 }));
const holds = (law: (chargers: number, its: CampaignRules, steps: readonly Step[]) => void): void =>
  fc.assert(
    fc.property(walks, ([chargers, its, steps]) => law(chargers, its, steps)),
    {
      numRuns: 300,
    },
  );

const idsOf = ({ waiting, inFlight, ended }: Campaign): readonly string[] =>
  [...waiting, ...inFlight, ...ended].map(({ chargerId }) => chargerId);

/** The chargers whose attempts begin with a step. */
function begunIn(before: Campaign, after: Campaign): readonly string[] {
  const nameOf = (one: { chargerId: string; attempt: number }) => `${one.chargerId} ${one.attempt}`;
  const flying = new Set(before.inFlight.map(nameOf));
  return after.inFlight.filter((one) => !flying.has(nameOf(one))).map(({ chargerId }) => chargerId);
}

describe('a firmware campaign', () => {
  it('a campaign never has more chargers in flight than a wave, and begins none before the wave before has ended', () => {
    holds((chargers, its, steps) => {
      for (const { before, after } of way(chargers, its, steps)) {
        expect(after.inFlight.length).toBeLessThanOrEqual(its.waveSize);
        const running = new Set(before.inFlight.map(({ startedAt }) => startedAt));
        const begun = after.inFlight.filter(({ startedAt }) => !running.has(startedAt));
        expect(begun.length === 0 || begun.length === after.inFlight.length).toBe(true);
      }
    });
  });

  it('a campaign loses no charger and has none twice, and none has more attempts than it may', () => {
    holds((chargers, its, steps) => {
      const all = idsOf(campaignOf(chargers, its)).toSorted();
      for (const { after } of way(chargers, its, steps)) {
        expect(idsOf(after).toSorted()).toEqual(all);
        for (const { attempt } of [...after.inFlight, ...after.ended]) {
          expect(attempt).toBeLessThanOrEqual(its.retries + 1);
        }
      }
    });
  });

  it('a campaign begins nothing while it is stopped or paused, or outside its hours, nor with a charger that charges unless that is allowed', () => {
    holds((chargers, its, steps) => {
      for (const { before, after, one } of way(chargers, its, steps)) {
        const begun = begunIn(before, after);
        if (before.state !== 'running' || !one.isOpen) expect(begun).toEqual([]);
        const wasWaiting = new Set(before.waiting.map(({ chargerId }) => chargerId));
        const charging = begun
          .filter((chargerId) => wasWaiting.has(chargerId))
          .filter((chargerId) => one.charging[Number(chargerId.slice(3)) % 8]);
        expect(its.evenIfCharging ? [] : charging).toEqual([]);
      }
    });
  });

  it('a campaign is paused after a wave of which too many failed, and goes on when it is resumed', () => {
    const its = {
      waveSize: 2,
      maxFailedPercent: 40,
      retries: 0,
      hoursPerCharger: 1,
      evenIfCharging: true,
    };
    const failing: Step = {
      minutes: 1,
      verdicts: ['failed', 'installed', 'installed', 'installed', 'open', 'open', 'open', 'open'],
      charging: [],
      isOpen: true,
      order: 'none',
    };
    const resumed = { ...failing, order: 'resume' } as const;
    const states = way(4, its, [failing, failing, failing, resumed, failing]);

    expect(states.map(({ after }) => [after.state, after.inFlight.length])).toEqual([
      ['running', 2],
      ['paused', 0],
      ['paused', 0],
      ['running', 2],
      ['finished', 0],
    ]);
  });

  it('a campaign ends whatever the chargers do, if it is resumed often enough and chargers do not charge for ever', () => {
    holds((chargers, its, steps) => {
      const insistent = Array.from({ length: 4 * (chargers + 1) * (its.retries + 1) }, () => ({
        minutes: 300,
        verdicts: [],
        charging: [],
        isOpen: true,
        order: 'resume' as const,
      }));
      const last = way(chargers, its, [...steps, ...insistent]).at(-1)?.after;

      expect(last?.state).toBe('finished');
      expect(last?.ended).toHaveLength(chargers);
      expect(last !== undefined && isAtRest(last)).toBe(true);
    });
  });
});
