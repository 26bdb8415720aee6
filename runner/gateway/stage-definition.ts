import type { DeployedResource } from '../runner-interfaces.ts';
import { asJsonObject, type JsonObject } from '../template/json-object.ts';
import type { ThrottleLimits } from './throttle.ts';
import { unsupportedValue } from './unsupported-value.ts';

/** The stage an API is served under. */
export type StageDefinition = {
  /** First step of every path, unless it is `$default`. */
  readonly name: string;
  /** Requests that all clients together may send on routes without limits of their own; none means the account's limit, which the runner has not. */
  readonly throttle: ThrottleLimits | undefined;
  /** Limits of single routes, by route key. */
  readonly routeThrottles: ReadonlyMap<string, ThrottleLimits>;
  readonly accessLog: { readonly logGroup: string; readonly format: string } | undefined;
};

/** Reads a stage; refuses one that would serve nothing because it is not deployed by itself. */
export function readStageDefinition(stage: DeployedResource): StageDefinition {
  const { AutoDeploy, StageName, DefaultRouteSettings, RouteSettings, AccessLogSettings } =
    stage.properties;
  if (AutoDeploy !== true) {
    throw unsupportedValue(stage.address, 'AutoDeploy', AutoDeploy);
  }
  const { DestinationArn, Format } = asJsonObject(AccessLogSettings);
  return {
    name: String(StageName),
    throttle: limitsOf(asJsonObject(DefaultRouteSettings)),
    routeThrottles: new Map(
      Object.entries(asJsonObject(RouteSettings)).map(([key, settings]) => [
        key,
        limitsOfRoute(stage, key, asJsonObject(settings)),
      ]),
    ),
    accessLog:
      DestinationArn === undefined
        ? undefined
        : { logGroup: String(DestinationArn), format: String(Format) },
  };
}

function limitsOf({
  ThrottlingRateLimit,
  ThrottlingBurstLimit,
}: JsonObject): ThrottleLimits | undefined {
  return ThrottlingRateLimit === undefined || ThrottlingBurstLimit === undefined
    ? undefined
    : { perSecond: Number(ThrottlingRateLimit), burst: Number(ThrottlingBurstLimit) };
}

/** The limits of one route; refuses every other setting of a route, and half a limit. */
function limitsOfRoute(
  { address }: DeployedResource,
  key: string,
  settings: JsonObject,
): ThrottleLimits {
  const limits = limitsOf(settings);
  if (limits === undefined || Object.keys(settings).length > 2) {
    throw unsupportedValue(address, `RouteSettings.${key}`, settings);
  }
  return limits;
}
