import { describe, expect, it } from 'vitest';
import { proposedEvses } from '../../../core/location/proposed-evses.ts';
import type { ReportedVariable } from '../../../core/ocpp/v2x/device-model.ts';
import { evsesForm } from '../../../lambdas/api/chargers/evse-form.ts';

const reported = (
  name: string,
  variable: string,
  evse: object | undefined,
  value?: string,
  characteristics?: object,
): ReportedVariable => ({
  component: { name, ...(evse === undefined ? {} : { evse }) },
  variable: { name: variable },
  attributes: value === undefined ? [] : [{ value }],
  ...(characteristics === undefined ? {} : { characteristics: { ...characteristics } }),
  reportedAt: '2026-03-01T00:00:00.000Z',
});

describe('the connectors that a device model describes', () => {
  it('an AC socket and a CCS cable are proposed in the words of OCPI, and as a charger takes them', () => {
    const evses = proposedEvses([
      reported('EVSE', 'Power', { id: 1 }, undefined, { unit: 'W', maxLimit: 22_000 }),
      reported('EVSE', 'SupplyPhases', { id: 1 }, '3'),
      reported('EVSE', 'ACVoltage', { id: 1 }, '230'),
      reported('EVSE', 'ACCurrent', { id: 1 }, '0', { maxLimit: 32 }),
      reported('Connector', 'ConnectorType', { id: 1, connectorId: 1 }, 'sType2'),
      reported('Connector', 'connectorType', { id: 2, connectorId: 1 }, 'CCCS2'),
      reported('Connector', 'ConnectorType', { id: 2, connectorId: 2 }, 'cG105'),
      reported('EVSE', 'Power', { id: 2 }, '0', { unit: 'kW', maxLimit: 150 }),
      reported('EVSE', 'DCVoltage', { id: 2 }, '0', { maxLimit: 920 }),
      reported('EVSE', 'DCCurrent', { id: 2 }, '0', { maxLimit: 500 }),
    ]);

    const dc = { format: 'CABLE', powerType: 'DC', maxVoltage: 920, maxAmperage: 500 };
    expect(evses).toEqual([
      {
        evseId: 1,
        connectors: [
          {
            connectorId: 1,
            standard: 'IEC_62196_T2',
            format: 'SOCKET',
            powerType: 'AC_3_PHASE',
            maxVoltage: 230,
            maxAmperage: 32,
            maxPowerW: 22_000,
          },
        ],
      },
      {
        evseId: 2,
        connectors: [
          { connectorId: 1, standard: 'IEC_62196_T2_COMBO', ...dc, maxPowerW: 150_000 },
          { connectorId: 2, standard: 'CHADEMO', ...dc, maxPowerW: 150_000 },
        ],
      },
    ]);
    expect(evsesForm.safeParse(evses)).toMatchObject({ success: true, data: evses });
  });

  it('nothing is guessed: a type that OCPI has no word for, or a value that is none, is left out', () => {
    const place = { id: 1, connectorId: 1 };
    const evses = proposedEvses([
      reported('Connector', 'ConnectorType', place, 'wInductive'),
      reported('Connector', 'SupplyPhases', place, '2'),
      reported('EVSE', 'Power', { id: 1 }, undefined, { maxLimit: 0 }),
      reported('EVSE', 'ACVoltage', { id: 1 }, 'high'),
    ]);

    expect(evses).toEqual([{ evseId: 1, connectors: [{ connectorId: 1 }] }]);
  });

  it('a charger that names no connector, or no place at all, has nothing proposed', () => {
    expect(
      proposedEvses([
        reported('EVSE', 'Power', { id: 1 }, undefined, { maxLimit: 22_000 }),
        reported('ChargingStation', 'Model', undefined, 'X'),
      ]),
    ).toEqual([]);
  });
});
