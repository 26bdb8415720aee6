import { randomBytes } from 'node:crypto';
import { answerOutcome } from '../../../core/ocpi/envelope/answer-outcome.ts';
import type { JsonLiteral } from '../../../core/units/json-literals.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import type { CommandMessage } from '../../../lambdas/connection/command-message.ts';
import { answerPartner } from '../../../lambdas/ocpi/answer-partner.ts';
import { readOcpiRequest } from '../../../lambdas/ocpi/read-ocpi-request.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { partnerPlatform } from './partner-platform.ts';

/** A text in base64. */
export const inBase64 = (text: string): string => Buffer.from(text).toString('base64');

/** An operator, a new one unless given, with an invited partner, and the partner's way to call it. */
export async function invitePartner(
  database: TestDatabase,
  version: string,
  more: object = {},
  known?: TestOperator,
) {
  const operator: TestOperator = known ?? (await newOperator(database));
  const settings = { countryCode: 'DE', partyId: 'OUR', businessName: 'Ours', roles: ['CPO'] };
  const { body: set } = await operator.call('GET', '/settings/ocpi');
  if ((set['parties'] as readonly object[]).length === 0) {
    await operator.call('PUT', '/settings/ocpi', settings);
  }
  const form = { name: 'Partner', versions: [version], ...more };
  const { body } = await operator.call('POST', '/partners', form);
  const platform = partnerPlatform(version);
  const key = randomBytes(32);
  const commandMessages: CommandMessage[] = [];
  const services = {
    sendCommandMessage: async (message: CommandMessage) => {
      commandMessages.push(message);
    },
    request: platform.request,
    keyOf: async () => key,
    ocpiUrl: 'https://ours.example/ocpi',
    now: Date.now,
  };
  const call = async (
    method: string,
    place: string,
    authorization: string | undefined,
    sent?: JsonLiteral | string,
    query: Readonly<Record<string, string>> = {},
    routing: Readonly<Record<string, string>> = {},
  ) => {
    const request = readOcpiRequest(method, {
      routeKey: 'ANY /ocpi/{place+}',
      path: { place },
      query,
      headers: { authorization, ...routing },
      body: typeof sent === 'string' || sent === undefined ? sent : writeJsonLiterals(sent),
      base64: false,
    });
    if (typeof request === 'string') {
      return { http: 400, statusCode: 2001, message: '', data: null, headers: {} };
    }
    const {
      outcome,
      version: spoken,
      headers = {},
    } = await answerPartner(database, services, request);
    const { http, statusCode, statusMessage = '', data = null } = answerOutcome(outcome, spoken);
    return { http, statusCode, message: statusMessage, data, headers };
  };
  const state = async () => (await operator.call('GET', `/partners/${body['partnerId']}`)).body;
  const partnerId = String(body['partnerId']);
  return {
    operator,
    commandMessages,
    partnerId,
    platform,
    services,
    call,
    state,
    tokenA: String(body['tokenA']),
  };
}
