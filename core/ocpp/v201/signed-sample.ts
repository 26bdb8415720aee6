import type { SampledValue } from '../../metering/model/reading.ts';

/** SignedMeterValueType of OCPP 2.0.1 and 2.1; 2.1 leaves out what is empty. */
type SignedMeterValue = {
  readonly signedMeterData: string;
  readonly signingMethod?: string;
  readonly encodingMethod: string;
  readonly publicKey?: string;
};

/** The part of SampledValueType that says of what a signed value is. */
type SampleWithSignature = {
  readonly context?: string;
  readonly measurand?: string;
  readonly phase?: string;
  readonly location?: string;
  readonly signedMeterValue?: SignedMeterValue;
};

/**
 * The signed value that a sampled value of OCPP 2.x carries beside its number, as a value of its own: the object as the
 * JSON text that OCPP 1.6 sends, so that records are found the same way in every version. Undefined where it has none.
 */
export const signedSampleOf = (wire: SampleWithSignature): SampledValue | undefined => {
  const { signedMeterValue, phase } = wire;
  if (signedMeterValue === undefined) return undefined;
  return {
    value: JSON.stringify(signedMeterValue),
    context: wire.context ?? 'Sample.Periodic',
    measurand: wire.measurand ?? 'Energy.Active.Import.Register',
    ...(phase !== undefined && { phase }),
    location: wire.location ?? 'Outlet',
    multiplier: 0,
    format: 'signed',
  };
};
