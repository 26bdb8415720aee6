import { hubTrouble, troubleText } from '../../core/ocpi/hub/hub-trouble.ts';
import type { Partner, PartnerRegistration } from '../../core/ocpi/partner/partner.ts';
import type { PushRequest } from '../../core/ocpi/push/push-requests.ts';
import type { ConnectionQuirkName } from '../../core/ocpi/quirks/connection-quirks.ts';
import { endpointUrl } from '../../core/ocpi/quirks/endpoint-url.ts';
import { beginningOf } from '../../core/units/beginning-of.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { type Called, callPartner } from '../roaming/call-partner.ts';
import type { RoamingServices } from '../roaming/roaming-services.ts';
import { tokensFor } from '../roaming/tokens-for.ts';
import type { WrittenPublication } from '../roaming/written-publication.ts';
import type { FailedPush } from '../store/partners/pushes.ts';
import type { AttemptEnd, Breaker } from './breaker.ts';

/** The way to partners. */
export type Sending = {
  readonly services: Pick<RoamingServices, 'request' | 'keyOf' | 'now'>;
  readonly breaker: Breaker;
};

/** The outcome of the requests of a push. */
export type PushOutcome =
  | { readonly kind: 'sent'; readonly location?: string }
  | { readonly kind: 'failed'; readonly failure: Omit<FailedPush, 'at'> };

const failed = (
  message: string,
  more: Pick<FailedPush, 'http' | 'statusCode'> = {},
): PushOutcome => ({
  kind: 'failed',
  failure: { message: beginningOf(message, 500), ...more },
});

function outcomeOf(called: Called): PushOutcome {
  switch (called.kind) {
    case 'success': {
      const location = called.headers['location']?.slice(0, 2_000);
      return omitUndefined({ kind: 'sent', location });
    }
    case 'unauthorized':
      return failed('The partner does not know our token.', { http: 401 });
    case 'refused': {
      const { http, statusCode, message } = called;
      const trouble = hubTrouble(statusCode);
      const text = trouble === undefined ? message : `${troubleText(trouble)} ${message}`;
      return failed(text, omitUndefined({ http, statusCode: statusCode ?? undefined }));
    }
    case 'unreachable':
      return failed(called.message);
    default:
      return called satisfies never;
  }
}

/** Says whether a partner answered that it does not have what is taken away, or cannot take it away: what follows is not kept back for that. */
const lacks = (called: Called): boolean => {
  if (called.kind !== 'refused') return false;
  const { http, statusCode } = called;
  const isRefusal = statusCode !== null && statusCode >= 2_000 && statusCode < 3_000;
  return isRefusal || http === 404 || http === 405;
};

const outcomeFor = ({ isWithdrawal }: PushRequest, called: Called): PushOutcome =>
  isWithdrawal === true && lacks(called) ? { kind: 'sent' } : outcomeOf(called);

const endOf = (called: Called): AttemptEnd =>
  called.kind !== 'unreachable'
    ? 'answered'
    : called.code === 'TIMEOUT'
      ? 'timed-out'
      : 'unreachable';

/** Requests that follow so long after the first one are left to the next attempt, ms: a function runs for 30 seconds. */
const mostTime = 20_000;

/** Sends the requests of a push in their order, up to the first that fails. */
export async function sendPush(
  { services, breaker }: Sending,
  partner: Partner,
  registration: PartnerRegistration,
  endpoint: string,
  { owner, receiver }: Pick<WrittenPublication, 'owner' | 'receiver'>,
  requests: readonly PushRequest[],
): Promise<PushOutcome> {
  const { partnerId } = partner;
  const tokens = await tokensFor(services, partner, registration);
  const routing =
    registration.version === '2.1.1' ? {} : omitUndefined({ from: owner, to: receiver });
  const started = services.now();
  let outcome: PushOutcome = { kind: 'sent' };
  for (const request of requests) {
    const { method, segments, body } = request;
    if (breaker.waitOf(partnerId, services.now()) > 0) {
      return failed('The partner did not answer in time, and is left alone for a while.');
    }
    if (services.now() - started > mostTime) return failed('The partner answered too slowly.');
    const milliseconds = breaker.begin(partnerId, services.now());
    const called = await callPartner(services, {
      method,
      milliseconds,
      url: endpointUrl(endpoint, segments, partner.quirks as readonly ConnectionQuirkName[]),
      ...tokens,
      ...(body === undefined ? {} : { body }),
      routing,
    });
    breaker.note(partnerId, endOf(called), services.now());
    outcome = outcomeFor(request, called);
    if (outcome.kind === 'failed') return outcome;
  }
  return outcome;
}
