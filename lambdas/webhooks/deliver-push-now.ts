import type { PushMessage, ResultMessage } from '../outbound/delivery-message.ts';
import { sendOutbound } from '../outbound/send-outbound.ts';
import { roamingServices } from '../roaming/services-of-aws.ts';
import { randomText } from '../runtime/new-id.ts';
import { database } from '../store/table/client.ts';
import { createBreaker } from './breaker.ts';
import { deliverPush } from './deliver-push.ts';
import { deliverResult, type ResultOutcome } from './deliver-result.ts';
import type { Pushing, PushResult } from './note-push.ts';

const pushing: Pushing = {
  database,
  services: roamingServices,
  breaker: createBreaker(),
  send: sendOutbound,
  newClaim: () => randomText(16),
  chance: Math.random,
};

/** Brings a partner up to date with an object, with the services of this function. */
export const deliverPushNow = async (message: PushMessage): Promise<PushResult> =>
  await deliverPush(pushing, message);

/** Tells a partner the result of a command, with the services of this function. */
export const deliverResultNow = async (message: ResultMessage): Promise<ResultOutcome> =>
  await deliverResult({ database, services: roamingServices }, message);
