import { omitUndefined } from '../units/omit-undefined.ts';
import type { Campaign, EndedTurn, RunningAttempt, Turn } from './campaign.ts';
import type { FirmwareVerdict } from './firmware-verdict.ts';

/** The look of a campaign's chargers at one time. */
export type Sight = {
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Of the chargers in flight; one without a verdict is open. */
  readonly verdicts: ReadonlyMap<string, FirmwareVerdict>;
  /** Chargers that charge: they are not begun with now. */
  readonly charging: ReadonlySet<string>;
  /** Whether the time of day allows another wave. */
  readonly isOpen: boolean;
};

const hour = 3_600_000;

type Landed = { readonly ended: readonly EndedTurn[]; readonly again: readonly Turn[] };

/** The outcome of an attempt as far as it has one: an end, another turn, or neither. */
function landing(
  { rules }: Campaign,
  { chargerId, attempt, startedAt }: RunningAttempt,
  { now, verdicts }: Sight,
): Landed | undefined {
  const { kind, word } = verdicts.get(chargerId) ?? { kind: 'open' };
  const isLate = Date.parse(now) - Date.parse(startedAt) >= rules.hoursPerCharger * hour;
  if (kind === 'open' && !isLate) return undefined;
  if (kind !== 'installed' && attempt <= rules.retries) {
    return { ended: [], again: [{ chargerId, attempt: attempt + 1 }] };
  }
  const outcome = kind === 'installed' ? 'installed' : 'failed';
  const end = omitUndefined({
    chargerId,
    attempt,
    outcome,
    word: kind === 'open' ? 'timed-out' : word,
    at: now,
  } as const);
  return { ended: [end], again: [] };
}

const isTooMuch = ({ ended, countedFrom, rules }: Campaign): boolean => {
  const counted = ended.slice(countedFrom).filter(({ outcome }) => outcome !== 'skipped');
  const failed = counted.filter(({ outcome }) => outcome === 'failed').length;
  return failed * 100 > counted.length * rules.maxFailedPercent;
};

/** The campaign with its next wave, where one may begin. */
function nextWave(campaign: Campaign, { now, charging, isOpen }: Sight): Campaign {
  const { state, waiting, inFlight, rules } = campaign;
  if (state !== 'running' || inFlight.length > 0) return campaign;
  if (isTooMuch(campaign)) return { ...campaign, state: 'paused' };
  if (waiting.length === 0) return { ...campaign, state: 'finished' };
  if (!isOpen) return campaign;
  const may = ({ chargerId }: Turn): boolean => rules.evenIfCharging || !charging.has(chargerId);
  const wave = waiting.filter(may).slice(0, rules.waveSize);
  const begun = new Set(wave.map(({ chargerId }) => chargerId));
  return {
    ...campaign,
    waiting: waiting.filter(({ chargerId }) => !begun.has(chargerId)),
    inFlight: wave.map((turn) => ({ ...turn, startedAt: now })),
  };
}

/**
 * The campaign after a look at its chargers: attempts that have ended leave it or wait for another one, and when all of a wave have,
 * the next one begins, the campaign is paused because too many failed, or it is finished.
 */
export function advanceCampaign(campaign: Campaign, sight: Sight): Campaign {
  const looked = campaign.inFlight.map((one) => ({ one, end: landing(campaign, one, sight) }));
  const landed = looked.flatMap(({ end }) => (end === undefined ? [] : [end]));
  return nextWave(
    {
      ...campaign,
      waiting: [...campaign.waiting, ...landed.flatMap(({ again }) => again)],
      inFlight: looked.flatMap(({ one, end }) => (end === undefined ? [one] : [])),
      ended: [...campaign.ended, ...landed.flatMap(({ ended }) => ended)],
    },
    sight,
  );
}
