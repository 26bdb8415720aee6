import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from '../settings/stage.ts';
import { ApiEndpoint } from './api-endpoint.ts';
import { ChargerEndpoint } from './charger-endpoint.ts';
import { FeedEndpoint } from './feed-endpoint.ts';

/**
 * The addresses that people type into chargers and into the systems of integrators.
 * A stack of its own, so that they stay the same while the service stack is deleted and created again. Nothing in it
 * refers to the service; the service refers to it.
 */
export class EndpointStack extends Stack {
  readonly chargers: ChargerEndpoint;
  readonly api: ApiEndpoint;
  readonly feed: FeedEndpoint;

  constructor(scope: Construct, id: string, stage: Stage, props: StackProps) {
    super(scope, id, { terminationProtection: true, ...props });
    this.chargers = new ChargerEndpoint(this, 'Chargers', stage);
    this.api = new ApiEndpoint(this, 'Api', stage);
    this.feed = new FeedEndpoint(this, 'Feed', stage);
  }
}
