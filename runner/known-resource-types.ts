import { resourceTypes as cloudfront } from './cloudfront/resource-types.ts';
import { resourceTypes as cloudwatch } from './cloudwatch/resource-types.ts';
import { resourceTypes as dynamodb } from './dynamodb/resource-types.ts';
import { resourceTypes as eventSource } from './event-source/resource-types.ts';
import { resourceTypes as gateway } from './gateway/resource-types.ts';
import { resourceTypes as iam } from './iam/resource-types.ts';
import { resourceTypes as kms } from './kms/resource-types.ts';
import { resourceTypes as lambda } from './lambda/resource-types.ts';
import { resourceTypes as logs } from './logs/resource-types.ts';
import { resourceTypes as s3 } from './s3/resource-types.ts';
import { resourceTypes as schedule } from './schedule/resource-types.ts';
import { resourceTypes as sns } from './sns/resource-types.ts';
import { resourceTypes as sqs } from './sqs/resource-types.ts';
import type { ResourceType } from './template/resource-type.ts';
import { resourceTypes as template } from './template/resource-types.ts';

/** Every resource type that the runner executes; a template with any other does not start. */
export const knownResourceTypes: readonly ResourceType[] = [
  ...template,
  ...iam,
  ...logs,
  ...lambda,
  ...dynamodb,
  ...eventSource,
  ...schedule,
  ...sqs,
  ...kms,
  ...s3,
  ...gateway,
  ...cloudfront,
  ...cloudwatch,
  ...sns,
];
