import type { DeployedResource } from '../runner-interfaces.ts';
import { asJsonObject } from '../template/json-object.ts';
import type { ThrottleLimits } from './throttle.ts';
import { unsupportedValue } from './unsupported-value.ts';

/** The stage an API is served under. */
export type StageDefinition = {
  /** First step of every path, unless it is `$default`. */
  readonly name: string;
  /** Requests that all clients together may send; none means the account's limit, which the runner has not. */
  readonly throttle: ThrottleLimits | undefined;
  readonly accessLog: { readonly logGroup: string; readonly format: string } | undefined;
};

/** Reads a stage; refuses one that would serve nothing because it is not deployed by itself. */
export function readStage(stage: DeployedResource): StageDefinition {
  const { AutoDeploy, StageName, DefaultRouteSettings, AccessLogSettings } = stage.properties;
  if (AutoDeploy !== true) {
    throw unsupportedValue(stage.address, 'AutoDeploy', AutoDeploy);
  }
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = asJsonObject(DefaultRouteSettings);
  const { DestinationArn, Format } = asJsonObject(AccessLogSettings);
  return {
    name: String(StageName),
    throttle:
      ThrottlingRateLimit === undefined || ThrottlingBurstLimit === undefined
        ? undefined
        : { perSecond: Number(ThrottlingRateLimit), burst: Number(ThrottlingBurstLimit) },
    accessLog:
      DestinationArn === undefined
        ? undefined
        : { logGroup: String(DestinationArn), format: String(Format) },
  };
}
