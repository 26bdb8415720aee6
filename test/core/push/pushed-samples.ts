import type { CdrBasis } from '../../../core/cdr/compute/cdr-basis.ts';
import { cdrFromReadings } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { CdrRules } from '../../../core/cdr/compute/cdr-rules.ts';
import type { CdrContent } from '../../../core/cdr/model/cdr.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { decodePushed } from '../../../core/push/decode-pushed.ts';
import { pushedIdentity } from '../../../core/push/pushed-identity.ts';
import { type PushedRecord, pushedText } from '../../../core/push/pushed-record.ts';
import { type PushFacts, pushedSession } from '../../../core/push/pushed-session.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { tariff } from '../cdr/cdr-samples.ts';

/** When the samples are pushed. */
export const pushedAt = '2026-04-16T09:00:00.000Z';

/** A night at a wallbox. */
export const night: PushedRecord = {
  carConnected: '2026-04-14T18:30:00+02:00',
  carDisconnected: '2026-04-15T06:45:00+02:00',
  kiloWattHours: 32.5,
};

/** The record that the contract documents: it ends before it starts. */
export const backwards: PushedRecord = { ...night, carDisconnected: '2026-04-14T06:45:00+02:00' };

/** The facts that samples are pushed with. */
export const pushFacts: PushFacts = {
  operatorId: 'op1',
  chargerId: 'WALLBOX',
  timeZone: 'Europe/Berlin',
  maxPowerW: 11_000,
  tariffId: 'tar1',
};

/** How a pushed session is read and priced. */
export const pushRules: CdrRules = {
  read: decodePushed,
  price: priceSession,
};

/** The evidence of a pushed session, as it is stored. */
export const evidenceOf = (record: PushedRecord): readonly StoredMessage[] => [
  {
    key: `${pushedIdentity('op1', record).endedAt}#pushed#0`,
    kind: 'pushed',
    evseId: 1,
    connectorId: 1,
    receivedAt: pushedAt,
    raw: pushedText(record),
  },
];

/** The CDR of a pushed record. */
export const cdrOfPush = (
  record: PushedRecord,
  facts: PushFacts = pushFacts,
  basis: CdrBasis = {},
): CdrContent =>
  cdrFromReadings(
    pushedSession(facts, record, pushedAt),
    facts.tariffId === undefined ? undefined : tariff,
    evidenceOf(record),
    pushRules,
    basis,
  );
