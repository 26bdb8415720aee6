import { expect, test } from 'vitest';
import { createInvokePermissions } from '../../../runner/iam/invoke-permissions.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:connect';
const api = 'arn:aws:execute-api:eu-central-1:000000000000:abc';

const mayInvoke = createInvokePermissions({
  resources: [
    {
      address: 'Stack/Permission',
      type: 'AWS::Lambda::Permission',
      ref: 'Permission',
      attributes: {},
      properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: functionArn,
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `${api}/*$connect`,
      },
    },
  ],
  outputs: {},
});

test.each([
  ['the route of the permission', functionArn, `${api}/live/$connect`, true],
  ['another route', functionArn, `${api}/live/$default`, false],
  [
    'another API',
    functionArn,
    'arn:aws:execute-api:eu-central-1:000000000000:x/live/$connect',
    false,
  ],
  ['another service', functionArn, 'arn:aws:events:eu-central-1:000000000000:rule/a', false],
  ['another function', `${functionArn}2`, `${api}/live/$connect`, false],
])(
  'API Gateway calls a function for %s only if a permission allows it',
  (_n, callee, source, may) => {
    expect(mayInvoke(callee, source)).toBe(may);
  },
);
