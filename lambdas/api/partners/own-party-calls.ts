import type { OurParty } from '../../../core/ocpi/partner/our-party.ts';
import { done, refused } from '../../http/answer.ts';
import type { IsSeen } from '../../http/entity-tag.ts';
import { notePartners } from '../../store/events/audience.ts';
import { readOurParties, writeOurParties } from '../../store/partners/ocpi-settings.ts';
import type { Caller } from '../api-route.ts';

const shownParties = (parties: readonly OurParty[]) => ({
  parties: parties.map((party) => ({
    ...party,
    website: party.website ?? null,
    roles: [...party.roles],
  })),
});

/** Shows the parties that an operator is. */
export const readPartiesCall = async ({ database, operatorId }: Caller) =>
  done(shownParties(await readOurParties(database, operatorId)));

/** Longer than a function needs to notice that an operator has partners: what changes later is shown as it changes. */
const delaySeconds = 15;

/** Seconds, longer than a call takes: by then the parties are kept, or the call has ended before that. */
const afterCall = 60;

/**
 * Keeps the parties that an operator is, and has its locations and tokens shown to partners as theirs. Wherever the call dies, they are shown as
 * those of the parties that it kept: a look at everything after the call is asked for before they are kept.
 */
export async function writePartiesCall(
  { database, operatorId, sendPartnerMessages }: Caller,
  parties: readonly OurParty[],
  isSeen: IsSeen | undefined,
) {
  const looks = (['everything', 'tokens'] as const).map((kind) => ({ kind, operatorId }));
  await notePartners(database, operatorId);
  await sendPartnerMessages(looks, afterCall);
  const written = await writeOurParties(
    database,
    operatorId,
    parties,
    isSeen && ((kept) => isSeen(shownParties(kept))),
  );
  if (written === 'changed') return refused('PRECONDITION_FAILED');
  await sendPartnerMessages(looks, delaySeconds);
  return done(shownParties(parties));
}
