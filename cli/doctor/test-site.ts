import { randomUUID } from 'node:crypto';
import { askApi, callApi } from '../../clients/operator-api.ts';
import type { StackAccess } from '../../clients/stack-access.ts';

/** Resources that the doctor registers: a charger, a token that may charge there, and a tariff. */
export type TestSite = {
  readonly chargerId: string;
  readonly password: string;
  readonly connectionToken: string;
  readonly tokenId: string;
};

/** Registers a charger, a token and a tariff that nobody else uses. */
export const openTestSite = async (access: StackAccess): Promise<TestSite> => {
  const suffix = randomUUID().slice(0, 8);
  const chargerId = `doctor-${suffix}`;
  const tokenId = `DOCTOR${suffix}`.toUpperCase();
  const { tariffId } = await askApi<{ tariffId: string }>(access, 'POST', '/tariffs', {
    name: 'joulegate doctor',
    currency: 'EUR',
    perKwh: '0.50',
  });
  await askApi(access, 'POST', '/tokens', { tokenId });
  const made = await askApi<{ password: string; connectionToken: string }>(
    access,
    'POST',
    '/chargers',
    { chargerId, name: 'joulegate doctor', connectors: 1, tariffId },
  );
  return { chargerId, tokenId, password: made.password, connectionToken: made.connectionToken };
};

/** Removes what the API removes; session and CDR stay, and are named after the doctor. */
export const closeTestSite = async (access: StackAccess, site: TestSite): Promise<string> => {
  await askApi(access, 'DELETE', `/tokens/${site.tokenId}`);
  const { status } = await callApi(access, 'DELETE', `/chargers/${site.chargerId}`);
  return status < 300
    ? 'token and charger are deleted; tariff, session and CDR stay, and count in the analytics of this operator'
    : `the token is deleted; the charger ${site.chargerId}, tariff, session and CDR stay, and count in the analytics of this operator`;
};
