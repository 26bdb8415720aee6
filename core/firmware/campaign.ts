/** How a campaign is carried out. */
export type CampaignRules = {
  /** Chargers that are updated at once; the next ones follow when all of these have ended. */
  readonly waveSize: number;
  /** The campaign is paused after a wave if more of the chargers that have ended than this failed, in percent. */
  readonly maxFailedPercent: number;
  /** Further attempts for a charger that failed, at the end of the campaign. */
  readonly retries: number;
  /** Hours after which an attempt that has not ended has failed. */
  readonly hoursPerCharger: number;
  /** True if chargers are updated while they charge; else they wait until they do not. */
  readonly evenIfCharging: boolean;
  /** Local times of day between which waves begin, as in 02:00 and 05:00; any time where absent. */
  readonly window?: { readonly from: string; readonly to: string; readonly timeZone: string };
};

/** A charger that has its turn again and again until its attempts are used up; `attempt` counts from 1. */
export type Turn = { readonly chargerId: string; readonly attempt: number };

/** An attempt that runs. */
export type RunningAttempt = Turn & {
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
};

/** A charger with which a campaign has ended. */
export type EndedTurn = Turn & {
  readonly outcome: 'installed' | 'failed' | 'skipped';
  /** The charger's word, or ours, that it follows from. */
  readonly word?: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
};

/** One firmware for many chargers: each is in exactly one of the three lists. */
export type Campaign = {
  readonly state: 'running' | 'paused' | 'stopped' | 'finished';
  readonly rules: CampaignRules;
  readonly waiting: readonly Turn[];
  readonly inFlight: readonly RunningAttempt[];
  readonly ended: readonly EndedTurn[];
  /** The place in `ended` from which failures count: whoever resumes a campaign has accepted those before. */
  readonly countedFrom: number;
};

/** Says whether nothing will happen in a campaign by itself any more. */
export const isAtRest = ({ state, inFlight }: Campaign): boolean =>
  state === 'finished' || (state !== 'running' && inFlight.length === 0);

/** A campaign that begins no further wave; what is under way ends by itself. */
export const stopCampaign = (campaign: Campaign): Campaign =>
  campaign.state === 'finished' ? campaign : { ...campaign, state: 'stopped' };

/** A campaign that goes on after a pause or a stop; failures so far are accepted. */
export const resumeCampaign = (campaign: Campaign): Campaign =>
  campaign.state === 'finished' || campaign.state === 'running'
    ? campaign
    : { ...campaign, state: 'running', countedFrom: campaign.ended.length };
