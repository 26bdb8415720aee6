import { type JsonLiteral, NumberLiteral } from '../../../core/units/json-literals.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import type { RequestText, TextRequest } from '../../../lambdas/outbound/request-text.ts';

/** A platform of a partner that answers by the text, without HTTP. */
export type PartnerPlatform = {
  readonly request: RequestText;
  /** Every request that it got. */
  readonly requests: TextRequest[];
  /** Its answers other than by the text. */
  readonly answers: Map<string, { readonly status: number; readonly body?: string }>;
};

const envelope = (data: JsonLiteral): string =>
  writeJsonLiterals({
    data,
    status_code: new NumberLiteral('1000'),
    timestamp: '2026-04-14T16:30:00Z',
  });

const base = 'https://partner.example';

/** The credentials that a partner sends. */
export const partnerCredentials = (version: string, token = 'TOKEN-B'): JsonLiteral => {
  const business = { name: 'Partner' };
  const party = { party_id: 'PAR', country_code: 'NL', business_details: business };
  return version === '2.1.1'
    ? { token, url: `${base}/versions`, ...party }
    : { token, url: `${base}/versions`, roles: [{ role: 'EMSP', ...party }] };
};

/** Makes a platform that offers one version. */
export function partnerPlatform(version: string): PartnerPlatform {
  const requests: TextRequest[] = [];
  const answers: PartnerPlatform['answers'] = new Map();
  const usual: Readonly<Record<string, string>> = {
    [`${base}/versions`]: envelope([{ version, url: `${base}/${version}` }]),
    [`${base}/${version}`]: envelope({
      version,
      endpoints: [{ identifier: 'credentials', role: 'SENDER', url: `${base}/credentials` }],
    }),
    [`${base}/credentials`]: envelope(partnerCredentials(version, 'TOKEN-C')),
  };
  return {
    requests,
    answers,
    request: async (request) => {
      requests.push(request);
      const changed = answers.get(request.url);
      const { status = 200, body = usual[request.url] ?? '' } = changed ?? {};
      return status === 0
        ? { kind: 'failed', code: 'ECONNREFUSED' }
        : { kind: 'answered', status: body === '' ? 404 : status, headers: {}, body };
    },
  };
}
