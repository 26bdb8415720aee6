import type { Loss } from '../../core/ocpi/codec/losses.ts';
import type { Translation } from '../../core/ocpi/codec/translation.ts';
import type { PartnerCdr } from '../../core/ocpi/model/cdr.ts';
import type { ActiveChargingProfile } from '../../core/ocpi/model/charging-profile.ts';
import type { PartnerSession } from '../../core/ocpi/model/session.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import type { Partner } from '../../core/ocpi/partner/partner.ts';
import type { SharedDriver, SharedPlace } from '../../core/ocpi/publish/shared-session.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';

type Kept = {
  readonly lastUpdated: string;
  readonly driver: SharedDriver;
  readonly place: SharedPlace;
  /** Of ours what OCPI has no field for in any version. */
  readonly losses: readonly Loss[];
};

/** A session as the partner of its driver sees it, with the driver and the place as they were when it was first seen. */
export type SharedSession = Kept & { readonly kind: 'session'; readonly session: PartnerSession };

/** A CDR as the partner of its driver sees it. */
export type SharedCdr = Kept & { readonly kind: 'cdr'; readonly cdr: PartnerCdr };

/** How fast a session charges, as its charger said last, for the partner of its driver. */
export type SharedProfile = Pick<Kept, 'lastUpdated' | 'driver'> & {
  readonly kind: 'profile';
  readonly profile: ActiveChargingProfile;
  /** The place of the question that the charger answered among its commands. */
  readonly sequence: string;
};

/** How fast a session charges in the words of a version. */
export const writeProfile = (
  { driver, profile }: SharedProfile,
  version: OcpiVersion,
): Translation =>
  allTranslators[version].activeChargingProfile?.to(profile, { owner: driver.party }) ?? {
    kind: 'impossible',
    reason: 'The version has no charging profiles.',
  };

/** A session or CDR in the words of a version, for the partner whose driver it is of. */
export function writeShared(
  shared: SharedSession | SharedCdr,
  version: OcpiVersion,
  { negativeCredits }: Pick<Partner, 'negativeCredits'>,
): Translation {
  const { party, token } = shared.driver;
  const context = {
    owner: party,
    location: shared.place.location,
    emsp: { countryCode: token.countryCode, partyId: token.partyId },
    // 2.1.1 names a driver by the contract alone, of which this is the token.
    tokenOf: () => token,
    ...(negativeCredits === true ? { negativeCredits } : {}),
  };
  const { session, cdr } = allTranslators[version];
  const written =
    shared.kind === 'session' ? session?.to(shared.session, context) : cdr?.to(shared.cdr, context);
  if (written === undefined) throw new Error(`${version} has sessions and CDRs`);
  return written.kind === 'translated'
    ? { ...written, losses: [...shared.losses, ...written.losses] }
    : written;
}
