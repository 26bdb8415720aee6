import type { TokenEncoding } from '../envelope/authorization.ts';
import type { OcpiOutcome } from '../envelope/outcome.ts';
import type {
  Credentials,
  Endpoint,
  VersionAddress,
  VersionDetails,
} from '../model/credentials.ts';
import type { OcpiVersion } from '../translators.ts';

/** A registration between two platforms: one of them sends its credentials, the other answers with its own. */
export type HandshakeStart = {
  /** `send`: we begin. `answer`: the partner sent us credentials, and waits for ours. */
  readonly direction: 'send' | 'answer';
  /** `update` replaces the credentials of a registration. */
  readonly purpose: 'register' | 'update';
  /** The partner's list of versions, and the token to read it with. */
  readonly versionsUrl: string;
  readonly token: string;
  /** Known encoding of tokens; without it base64 is tried first, then plain. */
  readonly encoding?: TokenEncoding;
  /** Versions to speak, best first; exactly that of the endpoint when we answer. */
  readonly versions: readonly OcpiVersion[];
  /** Modules that the partner has to offer. */
  readonly neededModules: readonly string[];
  /** Our own credentials, with a token made for this purpose. */
  readonly ours: Credentials;
};

/** The state of a handshake between two steps. */
export type Handshake = {
  readonly start: HandshakeStart;
  readonly encoding: TokenEncoding;
  readonly step: 'versions' | 'details' | 'credentials';
  readonly version?: OcpiVersion;
  readonly details?: VersionDetails;
};

/** The thing to do next. */
export type HandshakeTask =
  | {
      readonly kind: 'get-versions';
      readonly url: string;
      readonly token: string;
      readonly encoding: TokenEncoding;
    }
  | {
      readonly kind: 'get-details';
      readonly url: string;
      readonly token: string;
      readonly encoding: TokenEncoding;
    }
  | {
      readonly kind: 'send-credentials';
      readonly method: 'POST' | 'PUT';
      readonly url: string;
      readonly token: string;
      readonly encoding: TokenEncoding;
      readonly version: OcpiVersion;
      readonly credentials: Credentials;
    }
  | { readonly kind: 'registered'; readonly registration: Registration }
  | {
      readonly kind: 'failed';
      readonly step: Handshake['step'];
      readonly outcome: OcpiOutcome;
      readonly message: string;
    };

/** The result: how we call the partner from now on. When we answer, our credentials are the answer. */
export type Registration = {
  readonly version: OcpiVersion;
  readonly token: string;
  readonly encoding: TokenEncoding;
  readonly versionsUrl: string;
  readonly endpoints: readonly Endpoint[];
  /** The partner's parties; those that it states when it answers, when we began. */
  readonly theirs?: Credentials;
};

/** The event that a task ended with. */
export type HandshakeEvent =
  | { readonly kind: 'versions'; readonly versions: readonly VersionAddress[] }
  | { readonly kind: 'details'; readonly details: VersionDetails }
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'unreachable'; readonly message: string };

/** A handshake after a step, with what to do next; no state once it is over. */
export type HandshakeStep = { readonly handshake?: Handshake; readonly task: HandshakeTask };

const failed = (
  step: Handshake['step'],
  outcome: OcpiOutcome['kind'] & ('partner-unusable' | 'unsupported-version' | 'endpoints-missing'),
  message: string,
): HandshakeStep => ({ task: { kind: 'failed', step, outcome: { kind: outcome }, message } });

const getVersions = (start: HandshakeStart, encoding: TokenEncoding): HandshakeStep => ({
  handshake: { start, encoding, step: 'versions' },
  task: { kind: 'get-versions', url: start.versionsUrl, token: start.token, encoding },
});

/** Begins a handshake: in both directions the partner's versions are read first, also for the version in use. */
export const beginHandshake = (start: HandshakeStart): HandshakeStep =>
  getVersions(start, start.encoding ?? 'base64');

const chooseVersion = (handshake: Handshake, offered: readonly VersionAddress[]): HandshakeStep => {
  const { start, encoding } = handshake;
  for (const version of start.versions) {
    const address = offered.find((each) => each.version.trim() === version);
    if (address !== undefined) {
      return {
        handshake: { ...handshake, step: 'details', version },
        task: { kind: 'get-details', url: address.url, token: start.token, encoding },
      };
    }
  }
  const names = offered.map(({ version }) => version).join(', ');
  return failed(
    'versions',
    'unsupported-version',
    `The partner offers ${names === '' ? 'no version' : names}, and ${start.versions.join(', ')} was looked for.`,
  );
};

const registrationOf = (
  { start, encoding, version = '2.2.1', details }: Handshake,
  theirs?: Credentials,
): Registration => ({
  version,
  // A partner that answers gives a token of its own; one that began gave it with its credentials.
  token: theirs?.token ?? start.token,
  encoding,
  versionsUrl: theirs?.url ?? start.versionsUrl,
  endpoints: details?.endpoints ?? [],
  ...(theirs === undefined ? {} : { theirs }),
});

const useDetails = (handshake: Handshake, details: VersionDetails): HandshakeStep => {
  const { start, encoding, version = '2.2.1' } = handshake;
  const offered = details.endpoints.map(({ identifier }) => identifier);
  const missing = start.neededModules.filter((module) => !offered.includes(module));
  const credentials = details.endpoints.find(({ identifier }) => identifier === 'credentials');
  if (missing.length > 0 || credentials === undefined) {
    const names = credentials === undefined ? ['credentials', ...missing] : missing;
    return failed(
      'details',
      'endpoints-missing',
      `The partner lacks the endpoints of ${[...new Set(names)].join(', ')}.`,
    );
  }
  const next: Handshake = { ...handshake, step: 'credentials', details };
  if (start.direction === 'answer') {
    return { task: { kind: 'registered', registration: registrationOf(next) } };
  }
  return {
    handshake: next,
    task: {
      kind: 'send-credentials',
      method: start.purpose === 'register' ? 'POST' : 'PUT',
      url: credentials.url,
      token: start.token,
      encoding,
      version,
      credentials: start.ours,
    },
  };
};

/** Goes on with a handshake by what came back. An event that does not belong to the step ends it. */
export const continueHandshake = (handshake: Handshake, event: HandshakeEvent): HandshakeStep => {
  const { step, start } = handshake;
  switch (event.kind) {
    case 'unauthorized':
      // Which version speaks is not known yet, and many partners of 2.1.1 and 2.2 do not encode.
      return step === 'versions' && start.encoding === undefined && handshake.encoding === 'base64'
        ? getVersions(start, 'plain')
        : failed(step, 'partner-unusable', 'The partner does not accept the token.');
    case 'unreachable':
      return failed(step, 'partner-unusable', event.message);
    case 'versions':
      return step === 'versions'
        ? chooseVersion(handshake, event.versions)
        : failed(step, 'partner-unusable', 'The partner answered something else.');
    case 'details':
      return step === 'details'
        ? useDetails(handshake, event.details)
        : failed(step, 'partner-unusable', 'The partner answered something else.');
    case 'credentials':
      return step === 'credentials'
        ? {
            task: {
              kind: 'registered',
              registration: registrationOf(handshake, event.credentials),
            },
          }
        : failed(step, 'partner-unusable', 'The partner answered something else.');
    default:
      return event satisfies never;
  }
};
