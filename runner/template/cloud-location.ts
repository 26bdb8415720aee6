/** Where the stack believes to run: pseudo parameters and ARNs carry these. */
export const cloudLocation = {
  partition: 'aws',
  region: 'eu-central-1',
  account: '000000000000',
  urlSuffix: 'amazonaws.com',
} as const;
