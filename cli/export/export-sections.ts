/** A part of an export: a file of JSON Lines, and the calls of the API that it is written from. */
export type ExportSection = {
  /** Name of the file, without `.jsonl`. */
  readonly file: string;
  /** Paths that are read; `{name}` stands for the field of that name of a line of the file `each`. */
  readonly paths: readonly string[];
  /** The file whose lines are gone through, with the fields that each of the new lines repeats; absent where the paths are read once. */
  readonly each?: { readonly file: string; readonly fields: readonly string[] };
  /** The fields of an item that are written; all unless named. */
  readonly keep?: readonly string[];
};

const list = (name: string): ExportSection => ({ file: name, paths: [`/${name}`] });

const ofEach = (
  file: string,
  fields: readonly string[],
  part: string,
  path: string,
): ExportSection => ({ file: part, paths: [path], each: { file, fields } });

const ofCharger = (part: string): ExportSection =>
  ofEach('chargers', ['chargerId'], `charger-${part}`, `/chargers/{chargerId}/${part}`);

/**
 * All that an operator has, in the order in which it is written. CDRs come before sessions and readings: what a CDR names has
 * then been stored, and is in the files that follow.
 */
export const exportSections: readonly ExportSection[] = [
  {
    file: 'settings',
    paths: [
      '/settings',
      '/settings/admission',
      '/settings/configuration',
      '/settings/monitoring',
      '/settings/ocpi',
      '/settings/payments',
    ],
  },
  list('locations'),
  list('tariffs'),
  list('promo-codes'),
  list('accounts'),
  list('tokens'),
  list('chargers'),
  list('waiting-chargers'),
  ofCharger('meter-keys'),
  ofCharger('connection-tokens'),
  ofCharger('desired-configuration'),
  ofCharger('certificates'),
  ofCharger('reservations'),
  ofCharger('charging-profiles'),
  ofCharger('logs'),
  ofCharger('commands'),
  ofCharger('messages'),
  ofCharger('uptime-exclusions'),
  list('firmware'),
  list('firmware-campaigns'),
  list('partners'),
  ofEach('partners', ['partnerId'], 'partner-parties', '/partners/{partnerId}/parties'),
  ofEach('partners', ['partnerId'], 'partner-invoices', '/partners/{partnerId}/invoices'),
  { file: 'roaming-locations', paths: ['/roaming/locations'] },
  ofEach(
    'roaming-locations',
    ['roamingLocationId'],
    'roaming-evses',
    '/roaming/locations/{roamingLocationId}/evses',
  ),
  { file: 'roaming-sessions', paths: ['/roaming/sessions'] },
  { file: 'roaming-cdrs', paths: ['/roaming/cdrs'] },
  { file: 'roaming-invoices', paths: ['/roaming/invoices'] },
  list('webhooks'),
  list('events'),
  { file: 'cdr-keys', paths: ['/.well-known/joulegate-cdr-keys'] },
  list('cdrs'),
  {
    ...ofEach('cdrs', ['cdrId', 'sessionId'], 'cdr-readings', '/cdrs/{cdrId}/readings'),
    keep: ['key'],
  },
  list('payments'),
  // The sums as they are kept: whoever imports the CDRs can hold their own against them.
  { file: 'analytics-days', paths: ['/analytics/days'] },
  { file: 'analytics-months', paths: ['/analytics/months'] },
  list('sessions'),
  ofEach('sessions', ['sessionId'], 'readings', '/sessions/{sessionId}/readings'),
];

/** The scopes that a key needs for an export; it may then read everything, and change nothing. */
export const exportScopes: readonly string[] = [
  'accounts:read',
  'cdrs:read',
  'chargers:read',
  'commands:read',
  'events:read',
  'firmware:read',
  'locations:read',
  'partners:read',
  'payments:read',
  'promo-codes:read',
  'sessions:read',
  'settings:read',
  'tariffs:read',
  'tokens:read',
  'webhooks:read',
];
