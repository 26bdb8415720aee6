import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AcceptedTokens,
  keptToken,
  mayUseModule,
  offerToken,
  requestWithToken,
  useToken,
  withdrawToken,
} from '../../../../core/ocpi/handshake/accepted-tokens.ts';
import {
  beginHandshake,
  continueHandshake,
  type HandshakeEvent,
  type HandshakeStart,
  type HandshakeStep,
} from '../../../../core/ocpi/handshake/handshake.ts';
import { receiveCredentials } from '../../../../core/ocpi/handshake/receive-credentials.ts';
import type { OcpiVersion } from '../../../../core/ocpi/translators.ts';

const allVersions: readonly OcpiVersion[] = ['2.1.1', '2.2.1', '2.3.0'];
const ours = {
  token: 'token-b',
  url: 'https://we.example/ocpi/versions',
  roles: [{ countryCode: 'DE', partyId: 'JNA', role: 'CPO', businessDetails: { name: 'Juna' } }],
};
const theirs = {
  token: 'token-c',
  url: 'https://they.example/ocpi/versions',
  roles: [{ countryCode: 'NL', partyId: 'TNM', role: 'EMSP', businessDetails: { name: 'TNM' } }],
};
const startWith = (more: Partial<HandshakeStart> = {}): HandshakeStart => ({
  direction: 'send',
  purpose: 'register',
  versionsUrl: 'https://they.example/ocpi/versions',
  token: 'token-a',
  versions: ['2.3.0', '2.2.1', '2.1.1'],
  neededModules: ['locations'],
  ours,
  ...more,
});
const detailsOf = (version: string, identifiers = ['credentials', 'locations']) => ({
  version,
  endpoints: identifiers.map((identifier) => ({
    identifier,
    url: `https://they.example/ocpi/${version}/${identifier}`,
  })),
});
const listOf = (versions: readonly string[]) =>
  versions.map((version) => ({ version, url: `https://they.example/ocpi/${version}` }));

const play = (start: HandshakeStart, events: readonly HandshakeEvent[]): HandshakeStep =>
  events.reduce<HandshakeStep>((step, event) => {
    if (step.handshake === undefined) throw new Error(`It was over: ${JSON.stringify(step.task)}`);
    return continueHandshake(step.handshake, event);
  }, beginHandshake(start));

describe('a handshake that we begin', () => {
  it.each(allVersions)('a partner of %s is registered in four steps', (version) => {
    const start = startWith();
    const events: readonly HandshakeEvent[] = [
      { kind: 'versions', versions: listOf([version]) },
      { kind: 'details', details: detailsOf(version) },
      { kind: 'credentials', credentials: theirs },
    ];
    const tasks = [0, 1, 2, 3].map((count) => play(start, events.slice(0, count)).task);
    expect(tasks).toMatchObject([
      { kind: 'get-versions', url: start.versionsUrl, token: 'token-a', encoding: 'base64' },
      { kind: 'get-details', url: `https://they.example/ocpi/${version}`, token: 'token-a' },
      {
        kind: 'send-credentials',
        method: 'POST',
        url: `https://they.example/ocpi/${version}/credentials`,
        token: 'token-a',
        version,
        credentials: ours,
      },
      { kind: 'registered', registration: { version, token: 'token-c', theirs } },
    ]);
  });

  it('the best version that both speak is used', () => {
    const step = play(startWith(), [
      { kind: 'versions', versions: listOf(['2.0', '2.1.1', '2.2.1']) },
    ]);
    expect(step.handshake?.version).toBe('2.2.1');
  });

  it('an update of the credentials is sent by PUT', () => {
    const step = play(startWith({ purpose: 'update' }), [
      { kind: 'versions', versions: listOf(['2.2.1']) },
      { kind: 'details', details: detailsOf('2.2.1') },
    ]);
    expect(step.task).toMatchObject({ kind: 'send-credentials', method: 'PUT' });
  });

  it('a partner that refuses the encoded token gets the plain one, once', () => {
    const plain = play(startWith(), [{ kind: 'unauthorized' }]);
    expect(plain.task).toMatchObject({ kind: 'get-versions', encoding: 'plain' });
    const registered = play(startWith(), [
      { kind: 'unauthorized' },
      { kind: 'versions', versions: listOf(['2.2.1']) },
      { kind: 'details', details: detailsOf('2.2.1') },
      { kind: 'credentials', credentials: theirs },
    ]);
    expect(registered.task).toMatchObject({ registration: { encoding: 'plain' } });
    expect(
      play(startWith(), [{ kind: 'unauthorized' }, { kind: 'unauthorized' }]).task,
    ).toMatchObject({
      kind: 'failed',
      step: 'versions',
    });
    expect(play(startWith({ encoding: 'base64' }), [{ kind: 'unauthorized' }]).task.kind).toBe(
      'failed',
    );
  });

  it.each<[string, readonly HandshakeEvent[], object]>([
    [
      'an unreachable partner',
      [{ kind: 'unreachable', message: 'timeout' }],
      { step: 'versions', outcome: { kind: 'partner-unusable' } },
    ],
    [
      'no common version',
      [{ kind: 'versions', versions: listOf(['2.0']) }],
      { step: 'versions', outcome: { kind: 'unsupported-version' } },
    ],
    [
      'missing endpoints, and nothing is sent',
      [
        { kind: 'versions', versions: listOf(['2.2.1']) },
        { kind: 'details', details: detailsOf('2.2.1', ['credentials']) },
      ],
      {
        step: 'details',
        outcome: { kind: 'endpoints-missing' },
        message: 'The partner lacks the endpoints of locations.',
      },
    ],
    [
      'no endpoint of credentials',
      [
        { kind: 'versions', versions: listOf(['2.2.1']) },
        { kind: 'details', details: detailsOf('2.2.1', ['locations']) },
      ],
      { step: 'details', outcome: { kind: 'endpoints-missing' } },
    ],
    [
      'a refused token at the credentials',
      [
        { kind: 'versions', versions: listOf(['2.2.1']) },
        { kind: 'details', details: detailsOf('2.2.1') },
        { kind: 'unauthorized' },
      ],
      { step: 'credentials', outcome: { kind: 'partner-unusable' } },
    ],
    [
      'details before versions',
      [{ kind: 'details', details: detailsOf('2.2.1') }],
      { step: 'versions' },
    ],
    [
      'credentials before details',
      [{ kind: 'credentials', credentials: theirs }],
      { step: 'versions' },
    ],
  ])('the step is named that failed: %s', (_what, events, failure) => {
    expect(play(startWith(), events).task).toMatchObject({ kind: 'failed', ...failure });
  });
});

describe('a handshake that the partner begins', () => {
  it.each(allVersions)(
    'the versions and endpoints of a partner of %s are read before it is answered',
    (version) => {
      const start = startWith({ direction: 'answer', versions: [version], token: 'token-b' });
      const step = play(start, [
        { kind: 'versions', versions: listOf(allVersions) },
        { kind: 'details', details: detailsOf(version) },
      ]);
      expect(step).toMatchObject({
        task: {
          kind: 'registered',
          registration: { version, token: 'token-b', endpoints: detailsOf(version).endpoints },
        },
      });
    },
  );

  it('a partner that does not offer the version of the endpoint gets 3002', () => {
    const start = startWith({ direction: 'answer', versions: ['2.3.0'] });
    expect(play(start, [{ kind: 'versions', versions: listOf(['2.2.1']) }]).task).toMatchObject({
      outcome: { kind: 'unsupported-version' },
    });
  });

  it('the methods of the endpoint are allowed by the state of the registration', () => {
    expect(
      (['GET', 'POST', 'PUT', 'DELETE'] as const).map((method) => [
        receiveCredentials(method, false).kind,
        receiveCredentials(method, true).kind,
      ]),
    ).toEqual([
      ['show', 'show'],
      ['register', 'wrong-registration'],
      ['wrong-registration', 'update'],
      ['wrong-registration', 'unregister'],
    ]);
  });
});

describe('the tokens that a partner may call with', () => {
  const use = (tokens: AcceptedTokens, hash: string, module = 'versions'): AcceptedTokens => {
    const used = useToken(tokens, hash, module);
    if (used.kind === 'unknown') throw new Error(`${hash} is not known.`);
    return used.tokens;
  };

  it('token A stays valid until the partner has used token C, so that a lost answer locks nobody out', () => {
    const offered = offerToken({ invitation: 'A' }, 'C');
    expect(useToken(offered, 'A', 'versions')).toMatchObject({ kind: 'known', as: 'invitation' });
    const repeated = offerToken(use(offered, 'A'), 'C2');
    expect(useToken(repeated, 'C', 'versions').kind).toBe('unknown');
    const arrived = use(repeated, 'C2');
    expect(useToken(arrived, 'A', 'versions').kind).toBe('unknown');
    expect(useToken(arrived, 'C2', 'versions')).toMatchObject({
      as: 'current',
      tokens: { current: 'C2' },
    });
  });

  it('the token before stays valid until the partner has used the one of the update', () => {
    const offered = offerToken({ current: 'old' }, 'new');
    expect(useToken(offered, 'old', 'versions')).toMatchObject({ as: 'current' });
    expect(useToken(use(offered, 'new'), 'old', 'versions').kind).toBe('unknown');
  });

  it('a token of a request of ours, with which the partner has read our versions, ends the one before only once the partner has answered or called for something else', () => {
    const kind = (tokens: AcceptedTokens, hash: string) => useToken(tokens, hash, 'versions').kind;
    const requested = requestWithToken({ current: 'old' }, 'new');
    const read = use(requested, 'new');
    expect(kind(read, 'old')).toBe('known');
    // It refused, or its answer was lost, and another attempt follows.
    const again = requestWithToken(read, 'newer');
    for (const hash of ['old', 'new', 'newer']) expect(kind(again, hash)).toBe('known');
    // The later attempt is on its way while the partner calls with the token of the one before.
    expect(use(again, 'new', 'locations')).toEqual({ current: 'new', offered: ['newer'] });

    const answered = keptToken(use(again, 'newer'), 'newer');
    expect(answered).toEqual({ current: 'old', kept: 'newer' });
    expect(use(answered, 'newer')).toEqual({ current: 'newer' });
    // A partner may call before its answer has been taken.
    expect(keptToken(use(again, 'newer', 'tokens'), 'newer')).toEqual({ current: 'newer' });
  });

  it('however many attempts are not answered, the token that the partner uses stays valid, and few others do', () => {
    const attempts = Array.from({ length: 12 }, (_, n) => String(n));
    const tokens = attempts.reduce(requestWithToken, { current: 'old' } as AcceptedTokens);
    expect(use(tokens, 'old', 'cdrs')).toEqual(tokens);
    expect(tokens.offered).toEqual(attempts.toReversed().slice(0, 10));
  });

  it('an attempt that was never sent takes no place of one that was', () => {
    const sent = requestWithToken({ current: 'old' }, 'sent');
    expect(withdrawToken(requestWithToken(sent, 'not'), 'not')).toEqual(sent);
    expect(withdrawToken(requestWithToken({ current: 'old' }, 'not'), 'not')).toEqual({
      current: 'old',
    });
  });

  it('the token that a partner holds is always valid, whatever is lost, when both replace tokens at once', () => {
    const step = fc.constantFrom(
      ...(['request', 'read', 'store', 'answered', 'lost', 'unsent'] as const),
      ...(['call', 'put', 'put-arrives', 'put-lost'] as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        let tokens: AcceptedTokens = { current: 't0' };
        let held = 't0';
        let made = 0;
        let unanswered = 0;
        let ours: { readonly token: string; isRead: boolean; isStored: boolean } | undefined;
        let theirs: string | undefined;
        const fresh = () => `t${++made}`;
        const read = () => {
          if (ours === undefined || ours.isStored) return;
          tokens = use(tokens, ours.token);
          ours.isRead = true;
        };
        const call = () => {
          tokens = use(tokens, held, 'locations');
          unanswered = 0;
        };
        const does: Record<typeof step extends fc.Arbitrary<infer T> ? T : never, () => void> = {
          request: () => {
            if (ours !== undefined) return;
            if (unanswered >= 9) call();
            unanswered += 1;
            ours = { token: fresh(), isRead: false, isStored: false };
            tokens = requestWithToken(tokens, ours.token);
          },
          read,
          store: () => {
            if (ours === undefined || ours.isStored) return;
            read();
            ours.isStored = true;
            held = ours.token;
          },
          answered: () => {
            if (ours?.isStored !== true) return;
            tokens = keptToken(tokens, ours.token);
            ours = undefined;
            unanswered = 0;
          },
          lost: () => {
            ours = undefined;
          },
          unsent: () => {
            if (ours === undefined || ours.isRead) return;
            tokens = withdrawToken(tokens, ours.token);
            ours = undefined;
          },
          call,
          put: () => {
            if (theirs !== undefined) return;
            call();
            theirs = fresh();
            tokens = offerToken(tokens, theirs);
          },
          'put-arrives': () => {
            held = theirs ?? held;
            theirs = undefined;
          },
          'put-lost': () => {
            theirs = undefined;
          },
        };
        for (const one of steps) {
          does[one]();
          expect(useToken(tokens, held, 'locations').kind).toBe('known');
        }
      }),
    );
  });

  it('token A opens versions and credentials and nothing else', () => {
    expect(
      ['versions', 'credentials', 'locations'].map((module) => mayUseModule('invitation', module)),
    ).toEqual([true, true, false]);
    expect(mayUseModule('current', 'locations')).toBe(true);
  });
});
