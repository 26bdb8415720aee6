import type { Metered } from '../../metering/model/metered.ts';
import type { ConnectorState, MeterReading } from '../../metering/model/reading.ts';
import type { Price } from '../../tariff/model/price.ts';
import type { Tariff } from '../../tariff/model/tariff.ts';
import type { StoredMessage } from '../model/stored-message.ts';

/** The content of a stored message: readings, the state of the connector, or neither. */
export type DecodedMessage = {
  readonly readings: readonly MeterReading[];
  readonly states: readonly ConnectorState[];
};

/** The parts of the rules that live elsewhere: decoding a protocol's messages, and pricing. */
export type CdrRules = {
  readonly read: (reading: StoredMessage) => DecodedMessage;
  readonly price: (tariff: Tariff, metered: Metered, timeZone: string) => Price;
};
