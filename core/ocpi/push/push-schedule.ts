import { writeJsonLiterals } from '../../units/write-json-literals.ts';
import type { Written } from './push-requests.ts';
import type { PushedModule } from './pushed-modules.ts';

const minute = 60;
const hour = 3_600;
const day = 86_400;

/** Seconds from one attempt of a push to the next; after the last one, always as long as that. */
const waits = [5, 30, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 6 * hour];

/** How long a push is tried, seconds: a CDR and the record of an invoice are money, and so is a token that was blocked; everything else a partner reads when it is back. */
const triedFor: Readonly<Record<PushedModule, number>> = {
  cdrs: 14 * day,
  invoicereconciliation: 14 * day,
  tokens: 14 * day,
  sessions: day,
  locations: day,
  tariffs: day,
  // It is only sent while its session runs.
  chargingprofiles: day,
};

/** The most of a wait, as a share of it, that is added so that failed pushes do not come back all at once. */
const mostJitter = 0.2;

/** Seconds to wait where a hub does not know the party that an object is for: a CDR, or the record of an invoice, is tried as seldom as can be, nothing else is tried again. */
export const unknownReceiverWait = (
  module: PushedModule,
  sinceSeconds: number,
  chance: number,
): number | undefined =>
  module === 'cdrs' || module === 'invoicereconciliation'
    ? pushWait(module, waits.length, sinceSeconds, chance)
    : undefined;

/**
 * Seconds to wait after so many failed attempts (1 for the first) that began `sinceSeconds` ago until the next one; undefined when
 * it is given up. `chance` is a random number from 0 to 1.
 */
export const pushWait = (
  module: PushedModule,
  attempts: number,
  sinceSeconds: number,
  chance: number,
): number | undefined => {
  const wait = waits[attempts - 1] ?? waits.at(-1) ?? hour;
  return sinceSeconds >= triedFor[module] ? undefined : Math.ceil(wait * (1 + mostJitter * chance));
};

/** Milliseconds between two pushes of a session of which nothing but energy changed. */
export const coalescedFor = 60_000;

const ofEnergy = ['kwh', 'total_cost', 'charging_periods', 'last_updated'];

/** True where nothing of a session changed but its energy and what follows from it. */
export const isOnlyEnergy = (before: Written, after: Written): boolean =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].every((name) => {
    if (ofEnergy.includes(name)) return true;
    const [held, now] = [before[name], after[name]];
    return (
      held !== undefined && now !== undefined && writeJsonLiterals(held) === writeJsonLiterals(now)
    );
  });
