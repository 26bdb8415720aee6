import type { DecodedMessage } from '../cdr/compute/cdr-rules.ts';
import type { StoredMessage } from '../cdr/model/stored-message.ts';

const nothing: DecodedMessage = { readings: [], states: [] };

/**
 * Content of a pushed record that was kept: the energy of the whole session, as one interval that ends with it. Anything else is
 * understood as nothing.
 */
export const decodePushed = ({
  kind,
  raw,
  receivedAt,
}: Omit<StoredMessage, 'key'>): DecodedMessage => {
  if (kind !== 'pushed') return nothing;
  const { carDisconnected, kiloWattHours } = fieldsOf(raw);
  if (typeof carDisconnected !== 'string' || typeof kiloWattHours !== 'number') return nothing;
  const interval = {
    value: String(kiloWattHours),
    context: 'Transaction.End',
    measurand: 'Energy.Active.Import.Interval',
    location: 'Outlet',
    unit: 'kWh',
    multiplier: 0,
    format: 'raw',
  } as const;
  const reading = {
    timestamp: carDisconnected,
    receivedAt: Date.parse(receivedAt),
    offline: true,
    sampledValues: [interval],
  };
  return { readings: [reading], states: [] };
};

const fieldsOf = (raw: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};
