import { answerOutcome } from '../../../core/ocpi/envelope/answer-outcome.ts';
import { writeEnvelope } from '../../../core/ocpi/envelope/envelope.ts';
import type { answerPartner } from '../../../lambdas/ocpi/answer-partner.ts';
import { readOcpiRequest } from '../../../lambdas/ocpi/read-ocpi-request.ts';
import type { RequestText } from '../../../lambdas/outbound/request-text.ts';

type Answer = (
  read: Parameters<typeof answerPartner>[2],
) => Promise<Awaited<ReturnType<typeof answerPartner>>>;

/** Sends requests to what answers partners, as if they had come through API Gateway. */
export const requestOf =
  (answer: Answer): RequestText =>
  async ({ method, url, headers, body }) => {
    const { pathname, searchParams } = new URL(url);
    const read = readOcpiRequest(method, {
      routeKey: 'ANY /ocpi/{place+}',
      path: { place: decodeURIComponent(pathname.slice('/ocpi/'.length)) },
      query: Object.fromEntries(searchParams),
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      body,
      base64: false,
    });
    if (typeof read === 'string') throw new Error(read);
    const { outcome, version, headers: given } = await answer(read);
    const { http, location, ...envelope } = answerOutcome(outcome, version);
    return {
      kind: 'answered',
      status: http,
      headers: Object.fromEntries(
        Object.entries({ ...given, ...(location === undefined ? {} : { location }) }).map(
          ([name, value]) => [name.toLowerCase(), value],
        ),
      ),
      body: writeEnvelope(envelope, '2026-04-14T16:30:00Z'),
    };
  };
