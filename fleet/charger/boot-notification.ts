import type { Protocol } from '../../core/ocpp/protocol.ts';

/** The BootNotification of a simulated charger that runs a version of its firmware, in the words of its version of OCPP. */
export const bootNotification = (protocol: Protocol, firmwareVersion = '1.0.0'): object =>
  protocol === 'ocpp1.6'
    ? {
        chargePointVendor: 'Joulegate',
        chargePointModel: 'Simulated charger',
        chargePointSerialNumber: 'SIM-1',
        firmwareVersion,
      }
    : {
        reason: 'PowerUp',
        chargingStation: {
          vendorName: 'Joulegate',
          model: 'Simulated charger',
          serialNumber: 'SIM-1',
          firmwareVersion,
        },
      };
