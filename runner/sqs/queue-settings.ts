import type { DelayScale } from '../event-source/event-source-options.ts';
import type { Deployment } from '../runner-interfaces.ts';
import { asJsonObject, type JsonObject } from '../template/json-object.ts';

/** A queue of the template. */
export type QueueSettings = {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly delaySeconds: number;
  /** Factor for all delays, those of single messages included. */
  readonly delayScale: DelayScale;
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  readonly waitSeconds: number;
  /** Where a message goes that was received too often. */
  readonly redrive?: { readonly queueArn: string; readonly maxReceiveCount: number };
};

/** The queues of a deployment, with AWS's defaults where the template is silent. */
export function queueSettingsOf(
  deployment: Deployment,
  delayScale: DelayScale,
): readonly QueueSettings[] {
  return deployment.resources
    .filter(({ type }) => type === 'AWS::SQS::Queue')
    .map(({ ref, attributes, properties }) => ({
      name: attributes['QueueName'] ?? '',
      arn: attributes['Arn'] ?? '',
      url: ref,
      delaySeconds: seconds(properties['DelaySeconds'], 0),
      delayScale,
      visibilitySeconds: seconds(properties['VisibilityTimeout'], 30),
      retentionSeconds: seconds(properties['MessageRetentionPeriod'], 345_600),
      waitSeconds: seconds(properties['ReceiveMessageWaitTimeSeconds'], 0),
      ...redriveOf(asJsonObject(properties['RedrivePolicy'])),
    }));
}

function redriveOf({
  deadLetterTargetArn,
  maxReceiveCount,
}: JsonObject): Pick<QueueSettings, 'redrive'> {
  return deadLetterTargetArn === undefined
    ? {}
    : {
        redrive: {
          queueArn: String(deadLetterTargetArn),
          maxReceiveCount: Number(maxReceiveCount ?? 10),
        },
      };
}

function seconds(value: unknown, fallback: number): number {
  return value === undefined ? fallback : Number(value);
}
