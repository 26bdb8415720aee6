import { hoursBetweenPulls } from '../../core/ocpi/pull/hours-between-pulls.ts';
import { pulledModules } from '../../core/ocpi/pull/pull-progress.ts';
import { type BeginningPulls, beginPulls } from '../roaming/begin-pulls.ts';
import type { PartnerMessage } from '../roaming/partner-message.ts';
import { readPartner } from '../store/partners/partners.ts';
import { postponePull, readDuePull } from '../store/received/pull-schedule.ts';

const hour = 3_600_000;

/** When a partner is due after now: by its own beat, which the sweep that found it late, or not at all, does not move. */
function dueAfter(dueAt: string, hours: number, now: string): string {
  const [due, interval] = [Date.parse(dueAt), hours * hour];
  const passed = Math.floor((Date.parse(now) - due) / interval);
  return new Date(due + (passed + 1) * interval).toISOString();
}

/**
 * Begins the pulls from a partner that are due, or has those that run go on. Where this ends in the middle it is repeated, and a pull
 * begins once.
 */
export async function beginDuePulls(
  beginning: BeginningPulls,
  { operatorId, partnerId }: Extract<PartnerMessage, { readonly kind: 'pulls' }>,
): Promise<'pulls' | 'pulls-not-due'> {
  const { database, now } = beginning;
  const whose = { operatorId, partnerId };
  const [partner, dueAt] = await Promise.all([
    readPartner(database, operatorId, partnerId),
    readDuePull(database, whose),
  ]);
  const hours = partner && hoursBetweenPulls(partner);
  if (partner === undefined || hours === undefined || dueAt === undefined || dueAt > now) {
    return 'pulls-not-due';
  }
  await beginPulls(beginning, partner, pulledModules, false);
  await postponePull(database, whose, dueAt, dueAfter(dueAt, hours, now));
  return 'pulls';
}
