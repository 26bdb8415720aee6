import { CfnStage, type IStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Throttle } from './throttles.ts';

/** Gives routes of a stage limits of their own, each. API Gateway refuses them unless the stage is made after the routes. */
export function throttleRoutes(
  stage: IStage,
  routeKeys: readonly string[],
  { rateLimit, burstLimit }: Throttle,
): void {
  const resource = stage.node.defaultChild;
  if (!(resource instanceof CfnStage)) {
    throw new Error('the stage has no resource');
  }
  const limits = { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit };
  resource.routeSettings = Object.fromEntries(routeKeys.map((key) => [key, limits]));
}
