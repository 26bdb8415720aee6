import { toVersionAddress, toVersionDetails } from '../../core/ocpi/common/version-list.ts';
import { joinUrl } from '../../core/ocpi/envelope/join-url.ts';
import type { OcpiOutcome } from '../../core/ocpi/envelope/outcome.ts';
import { ourEndpoints } from '../../core/ocpi/partner/our-endpoints.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import { servedModules } from '../roaming/served-modules.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import { sent } from './sent.ts';

const owner = { countryCode: '', partyId: '' };

/** Lists the versions that may be spoken with a partner, and where. */
export const answerVersions = ({ partner, services }: OcpiCaller): OcpiOutcome => ({
  kind: 'ok',
  data: partner.versions.map((version) =>
    sent(toVersionAddress({ version, url: joinUrl(services.ocpiUrl, [version]) }, { owner })),
  ),
});

/** Lists the endpoints of a version. */
export const answerVersionDetails = (
  { partner, services }: OcpiCaller,
  version: OcpiVersion,
): OcpiOutcome => {
  const endpoints = ourEndpoints(servedModules, version, partner.ourRoles, services.ocpiUrl);
  return { kind: 'ok', data: sent(toVersionDetails({ version, endpoints }, { owner })) };
};
