import { describe, expect, it } from 'vitest';
import { connectorOfNumber, evseOfNumber } from '../../../core/ocpp/connector-of-number.ts';

describe('one number of a charger', () => {
  it('the number of a connector of OCPP 1.6 is that of its EVSE too, and in OCPP 2 it is an EVSE with its first connector', () => {
    expect(connectorOfNumber('ocpp1.6', 2)).toEqual({ evseId: 2, connectorId: 2 });
    expect(connectorOfNumber('ocpp2.0.1', 2)).toEqual({ evseId: 2, connectorId: 1 });
    expect(connectorOfNumber('ocpp2.1', 2)).toEqual({ evseId: 2, connectorId: 1 });
  });

  it('an EVSE of OCPP 2 is meant as a whole if no connector is named, and in OCPP 1.6 it is its connector', () => {
    expect(evseOfNumber('ocpp1.6', 2)).toEqual({ evseId: 2, connectorId: 2 });
    expect(evseOfNumber('ocpp2.0.1', 2)).toEqual({ evseId: 2, connectorId: 0 });
  });

  it('number 0 is the whole charger in every version', () => {
    for (const protocol of ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const) {
      expect(connectorOfNumber(protocol, 0)).toEqual({ evseId: 0, connectorId: 0 });
      expect(evseOfNumber(protocol, 0)).toEqual({ evseId: 0, connectorId: 0 });
    }
  });
});
