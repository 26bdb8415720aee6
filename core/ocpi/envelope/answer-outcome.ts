import type { JsonLiteral } from '../../units/json-literals.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import type { OcpiVersion } from '../translators.ts';
import type { OcpiOutcome } from './outcome.ts';

/** The two statuses of an answer, and its content. */
export type OcpiAnswer = {
  readonly http: 200 | 201 | 400 | 401 | 404 | 405;
  readonly statusCode: number;
  readonly statusMessage?: string;
  readonly data?: JsonLiteral;
  /** Where a new CDR is from now on, for the header `Location`. */
  readonly location?: string;
};

type Fixed = readonly [OcpiAnswer['http'], number, string];
type Failure = Exclude<OcpiOutcome['kind'], 'ok' | 'created' | 'invalid'>;

/**
 * A request that is JSON, authenticated and addressed to something that exists has reached the layer of OCPI: from there
 * on HTTP says 200, and the status code what is wrong. Two exceptions are written into the texts of their modules.
 */
const failures: Readonly<Record<Failure, Fixed>> = {
  'not-json': [400, 2001, 'The body is not JSON.'],
  unauthenticated: [401, 2001, 'The token is missing, unknown or not valid here.'],
  'object-not-found': [404, 2001, 'There is no such object.'],
  'not-your-party': [404, 2001, 'The party of the URL is not one of yours.'],
  'wrong-registration': [405, 2001, 'This needs another state of registration.'],
  'not-enough-information': [200, 2002, 'The place of charging is needed to decide.'],
  'unknown-location': [200, 2003, 'The location, EVSE or connector is not known.'],
  // The text of the method says 404, that of the response 2004: partners look for one of them.
  'unknown-token': [404, 2004, 'The token is not known.'],
  'preferences-not-possible': [404, 2001, 'The EVSE takes no charging preferences.'],
  'our-fault': [200, 3000, 'The request failed on our side.'],
  'no-party': [
    200,
    3000,
    'We cannot register yet: our operator has not set its country code and party id.',
  ],
  'partner-unusable': [
    200,
    3001,
    'Your versions or endpoints could not be read with the token that you sent.',
  ],
  'unsupported-version': [200, 3002, 'You do not offer the version of this endpoint.'],
  'endpoints-missing': [200, 3003, 'You do not offer the endpoints that are needed.'],
  'hub-unknown-receiver': [200, 4001, 'No such party is connected.'],
  'hub-timeout': [200, 4002, 'The party did not answer in time.'],
  'hub-connection-problem': [200, 4003, 'The party cannot be reached.'],
};

/** 2.1.1 knows neither 2004 nor codes of hubs: the general ones of the client and of the server take their place. */
const inVersion = (code: number, version: OcpiVersion): number => {
  if (version !== '2.1.1') return code;
  if (code >= 4000) return 3000;
  return code === 2004 ? 2000 : code;
};

const problemText = ({ path, message }: { path: string; message: string }): string =>
  path === '' ? message : `${path}: ${message}`;

/** Answers a partner's request: HTTP status, OCPI status and content. */
export const answerOutcome = (outcome: OcpiOutcome, version: OcpiVersion): OcpiAnswer => {
  switch (outcome.kind) {
    case 'ok':
      return {
        http: 200,
        statusCode: 1000,
        ...omitUndefined({ data: outcome.data, location: outcome.location }),
      };
    case 'created':
      return {
        http: 201,
        statusCode: 1000,
        ...omitUndefined({ data: outcome.data, location: outcome.location }),
      };
    case 'invalid':
      return {
        http: 200,
        statusCode: 2001,
        statusMessage: outcome.problems.map(problemText).join(' '),
      };
    default: {
      const [http, code, statusMessage] = failures[outcome.kind];
      return { http, statusCode: inVersion(code, version), statusMessage };
    }
  }
};
