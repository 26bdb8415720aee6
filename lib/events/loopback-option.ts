import { CfnParameter, type Stack } from 'aws-cdk-lib';

/** Whether webhooks may reach the machine that runs this, as text: by the parameter `AllowLoopback`, for the local stack alone. */
export function loopbackOption(stack: Stack): string {
  return new CfnParameter(stack, 'AllowLoopback', {
    type: 'String',
    default: '',
    allowedValues: ['', '1'],
    description: '1 on a laptop, where webhooks may be http://127.0.0.1; empty on AWS, always',
  }).valueAsString;
}
