import { hubOf } from '../../../core/ocpi/hub/hub-of.ts';
import { type Partner, partnerState } from '../../../core/ocpi/partner/partner.ts';
import { usualHoursBetweenPulls } from '../../../core/ocpi/pull/hours-between-pulls.ts';

const registrationView = ({
  version,
  versionsUrl,
  registeredAt,
  endpoints,
  roles,
}: NonNullable<Partner['registration']>) => ({
  version,
  versionsUrl,
  registeredAt,
  endpoints: endpoints.map((one) => ({
    identifier: one.identifier,
    role: one.role ?? null,
    url: one.url,
  })),
  parties: roles.map((one) => ({
    role: one.role ?? null,
    countryCode: one.countryCode,
    partyId: one.partyId,
    name: one.businessDetails.name,
  })),
});

const shownHours = ({ pullEveryHours = usualHoursBetweenPulls }: Partner): number | null =>
  pullEveryHours === 0 ? null : pullEveryHours;

const hubView = (registration: Partner['registration']) => {
  const hub = registration && hubOf(registration);
  return hub === undefined ? null : { countryCode: hub.countryCode, partyId: hub.partyId };
};

/** Shows a partner. */
export const partnerView = (partner: Partner) => ({
  partnerId: partner.partnerId,
  name: partner.name,
  state: partnerState(partner),
  version: partner.registration?.version ?? null,
  roles: [...partner.ourRoles],
  ourParties: (partner.ourParties ?? []).map((party) => ({ ...party })),
  versions: [...partner.versions],
  quirks: [...partner.quirks],
  negativeCredits: partner.negativeCredits ?? false,
  pullEveryHours: shownHours(partner),
  askUnknownTokens: partner.askUnknownTokens ?? true,
  tariffIds: { ...partner.tariffIds },
  ofDeployment: partner.ofDeployment ?? false,
  countryCode: partner.party?.countryCode ?? null,
  partyId: partner.party?.partyId ?? null,
  hub: hubView(partner.registration),
  registration: partner.registration === undefined ? null : registrationView(partner.registration),
  suspendedAt: partner.suspendedAt ?? null,
  createdAt: partner.createdAt,
  updatedAt: partner.updatedAt,
});
