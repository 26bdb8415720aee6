import { createPartnerCall } from '../../../lambdas/api/partners/partner-calls.ts';
import { answerPartner } from '../../../lambdas/ocpi/answer-partner.ts';
import type { RequestText } from '../../../lambdas/outbound/request-text.ts';
import { openToken } from '../../../lambdas/roaming/sealed-token.ts';
import type { SendPartnerMessages } from '../../../lambdas/roaming/send-partner-messages.ts';
import { readPartner } from '../../../lambdas/store/partners/partners.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';
import type { Golden } from './golden-document.ts';
import { requestOf } from './request-of.ts';

const key = new Uint8Array(32);
/** Our address of OCPI. */
export const ocpiUrl = 'https://ours.example/ocpi';

let parties = 0;

/** A party of its own, which every test of a deployment has to have. */
export const newParty = (): string => {
  parties += 1;
  return `DE ${String(parties).padStart(3, '0')}`;
};

/** The settings of an operator that is a party with these roles. */
export const settingsOf = (name: string, roles: readonly string[]) => {
  const [countryCode, partyId] = name.split(' ');
  return { countryCode, partyId, businessName: name, roles };
};

/** The hub between the operators of a deployment, whose calls of our own address are answered as our function of OCPI does. */
export function deploymentOf(database: () => TestDatabase) {
  /** Calls of our own address, answered as our function of OCPI does. */
  const request: RequestText = requestOf(
    async (read) => await answerPartner(database(), services, read),
  );

  const services = {
    ...{ request, keyOf: async () => key, ocpiUrl, now: Date.now },
    sendCommandMessage: async () => {},
  };

  /** Has an operator join the hub of its deployment. */
  async function join(
    { operatorId }: TestOperator,
    roles: ('CPO' | 'EMSP')[] = ['CPO', 'EMSP'],
    pullEveryHours: number | null = null,
    tariffIds: Readonly<Record<string, string>> = {},
    sendPartnerMessages: SendPartnerMessages = testServices.sendPartnerMessages,
  ) {
    const caller = {
      ...{ ...testServices, sendPartnerMessages },
      ...{ database: database(), operatorId, apiKeyId: 'k', apiKeyName: 'k' },
      now: new Date().toISOString(),
      roaming: async () => services,
    };
    const form = {
      ...{
        name: 'Neighbours',
        roles,
        versions: [],
        ourParties: [],
        quirks: [],
        askUnknownTokens: true,
        negativeCredits: false,
      },
      ...{ ofDeployment: true, pullEveryHours, tariffIds },
    };
    const joined = await createPartnerCall(caller, form, undefined);
    return joined.kind === 'done' ? String(joined.body?.partnerId) : joined.code;
  }

  /** An operator that is a party and has joined, and calls others through the hub. */
  async function haveMember(
    roles: ('CPO' | 'EMSP')[],
    known?: TestOperator,
    pullEveryHours: number | null = null,
  ) {
    const operator = known ?? (await newOperator(database()));
    const name = newParty();
    await operator.call('PUT', '/settings/ocpi', settingsOf(name, roles));
    const partnerId = await join(operator, roles, pullEveryHours);
    const partner = await readPartner(database(), operator.operatorId, partnerId);
    const token = openToken(key, String(partner?.registration?.sealedToken));
    const send = async (
      method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE',
      place: string,
      to: string | undefined,
      body?: unknown,
      from = name,
    ) => {
      const headersOf = (side: string, party: string | undefined) => {
        const [country = '', id = ''] = (party ?? '').split(' ');
        return party === undefined
          ? {}
          : { [`OCPI-${side}-country-code`]: country, [`OCPI-${side}-party-id`]: id };
      };
      const answer = await request({
        ...{ method, url: `${ocpiUrl}/${place}` },
        headers: {
          authorization: `Token ${token}`,
          ...headersOf('to', to),
          ...headersOf('from', from),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if (answer.kind !== 'answered') throw new Error('not answered');
      const { status_code, data } = JSON.parse(answer.body) as Golden;
      const { headers } = answer;
      const named = (side: string) =>
        `${headers[`ocpi-${side}-country-code`]} ${headers[`ocpi-${side}-party-id`]}`;
      return {
        http: answer.status,
        statusCode: status_code,
        data,
        headers,
        to: named('to'),
        from: named('from'),
      };
    };
    return { operator, name, partnerId, send };
  }

  return { request, services, join, haveMember };
}
