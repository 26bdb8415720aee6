import fc from 'fast-check';
import type { CertificateHash } from '../../../../core/command/certificate.ts';
import type { ChargingProfile } from '../../../../core/command/charging-profile.ts';
import type {
  CommandOf,
  CommandRequest,
  CommandType,
  ListedToken,
} from '../../../../core/command/command-request.ts';
import type { VerbatimType } from '../../../../core/command/verbatim-type.ts';

/** As fast-check makes records, with optional properties absent rather than undefined. */
const record = <T extends object>(
  required: { readonly [Key in keyof T]?: fc.Arbitrary<unknown> },
  optional: { readonly [Key in keyof T]?: fc.Arbitrary<unknown> } = {},
): fc.Arbitrary<T> =>
  fc
    .record(
      { ...required, ...optional },
      { requiredKeys: Object.keys(required) as never[], noNullPrototype: true },
    )
    .map((made) => ({ ...made }) as unknown as T);

const times = fc
  .date({ min: new Date(0), max: new Date('2099-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const texts = (maxLength: number) => fc.string({ maxLength });
const numbers = fc.integer({ min: 0, max: 1_000_000 });
const decimals = fc.integer({ min: 0, max: 3_200 }).map((tenths) => tenths / 10);
const urls = fc.webUrl();
const connectors = fc.integer({ min: 0, max: 255 }).map((n) => ({ evseId: n, connectorId: n }));
const transactionIds = fc.integer({ min: 1 }).map(String);
const uses = fc.constantFrom('central-system-root', 'manufacturer-root');
const attempts = { retries: numbers, retrySeconds: numbers };

const profiles: fc.Arbitrary<ChargingProfile> = record<ChargingProfile>(
  {
    profileId: numbers,
    stackLevel: numbers,
    purpose: fc.constantFrom('charger-limit', 'default', 'transaction'),
    kind: fc.constantFrom('absolute', 'relative', 'daily', 'weekly'),
    schedule: record<ChargingProfile['schedule']>(
      {
        unit: fc.constantFrom('A', 'W'),
        periods: fc.array(
          record<ChargingProfile['schedule']['periods'][number]>(
            { startSeconds: numbers, limit: decimals },
            { phases: fc.constantFrom(1, 2, 3) },
          ),
          { maxLength: 4 },
        ),
      },
      { startsAt: times, durationSeconds: numbers, minimum: decimals },
    ),
  },
  { transactionId: transactionIds, validFrom: times, validTo: times },
);

const tokens = fc.array(
  record<ListedToken>(
    { tokenId: texts(20) },
    {
      authorization: record<NonNullable<ListedToken['authorization']>>(
        { status: fc.constantFrom('Accepted', 'Blocked', 'Expired', 'Invalid', 'ConcurrentTx') },
        { expiryDate: times, parentTokenId: texts(20) },
      ),
    },
  ),
  { maxLength: 3 },
);

const hashes = record<CertificateHash>({
  algorithm: fc.constantFrom('SHA256', 'SHA384', 'SHA512'),
  issuerNameHash: texts(128),
  issuerKeyHash: texts(128),
  serialNumber: texts(20),
});

type Made<Type extends CommandType> = Omit<CommandOf<Type>, 'type'>;

type TypeOf16 = Exclude<CommandType, VerbatimType>;

const byType: { readonly [Type in TypeOf16]: fc.Arbitrary<Made<Type>> } = {
  start: record<Made<'start'>>(
    { tokenId: texts(20) },
    { connector: connectors, profile: profiles },
  ),
  stop: record<Made<'stop'>>({ transactionId: transactionIds }),
  unlock: record<Made<'unlock'>>({ connector: connectors }),
  reserve: record<Made<'reserve'>>(
    { reservationId: numbers, connector: connectors, tokenId: texts(20), expiresAt: times },
    { parentTokenId: texts(20) },
  ),
  'cancel-reservation': record<Made<'cancel-reservation'>>({ reservationId: numbers }),
  reset: record<Made<'reset'>>({ kind: fc.constantFrom('soft', 'hard') }),
  availability: record<Made<'availability'>>({ connector: connectors, available: fc.boolean() }),
  trigger: record<Made<'trigger'>>(
    {
      message: fc.constantFrom(
        'boot',
        'diagnostics-status',
        'firmware-status',
        'heartbeat',
        'log-status',
        'meter-values',
        'sign-certificate',
        'status',
      ),
    },
    { connector: connectors },
  ),
  'get-configuration': record<Made<'get-configuration'>>(
    {},
    { keys: fc.array(texts(50), { maxLength: 3 }) },
  ),
  'set-configuration': record<Made<'set-configuration'>>({ key: texts(50), value: texts(500) }),
  'clear-cache': record<Made<'clear-cache'>>({}),
  'local-list-version': record<Made<'local-list-version'>>({}),
  'local-list': record<Made<'local-list'>>({ version: numbers, full: fc.boolean() }, { tokens }),
  'set-charging-profile': record<Made<'set-charging-profile'>>({
    connector: connectors,
    profile: profiles,
  }),
  'clear-charging-profile': record<Made<'clear-charging-profile'>>(
    {},
    {
      profileId: numbers,
      connector: connectors,
      purpose: fc.constantFrom('charger-limit', 'default', 'transaction'),
      stackLevel: numbers,
    },
  ),
  'composite-schedule': record<Made<'composite-schedule'>>(
    { connector: connectors, durationSeconds: numbers },
    { unit: fc.constantFrom('A', 'W') },
  ),
  'update-firmware': record<Made<'update-firmware'>>(
    { url: urls, retrieveAt: times },
    {
      ...attempts,
      signed: record<NonNullable<Made<'update-firmware'>['signed']>>(
        { certificate: texts(200), signature: texts(200), requestId: numbers },
        { installAt: times },
      ),
    },
  ),
  'get-logs': fc.oneof(
    record<Made<'get-logs'>>(
      { kind: fc.constant('diagnostics'), url: urls },
      { ...attempts, from: times, to: times },
    ),
    record<Made<'get-logs'>>(
      { kind: fc.constantFrom('diagnostics', 'security'), url: urls, requestId: numbers },
      { ...attempts, from: times, to: times },
    ),
  ),
  'data-transfer': record<Made<'data-transfer'>>(
    { vendorId: texts(255) },
    { messageId: texts(50), data: texts(300) },
  ),
  'list-certificates': record<Made<'list-certificates'>>({ use: uses }),
  'install-certificate': record<Made<'install-certificate'>>({
    use: uses,
    certificate: texts(5_500),
  }),
  'delete-certificate': record<Made<'delete-certificate'>>({ certificate: hashes }),
  'deliver-certificate': record<Made<'deliver-certificate'>>({ chain: texts(10_000) }),
};

/** The names of the requests that every version has. */
export const commandTypes = Object.keys(byType) as readonly TypeOf16[];

/** Any request of a type that OCPP 1.6 can express. */
export const arbitraryCommand = (type: TypeOf16): fc.Arbitrary<CommandRequest> =>
  (byType[type] as fc.Arbitrary<object>).map((made) => ({ type, ...made }) as CommandRequest);
