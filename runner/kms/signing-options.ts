/** How tests trouble the keys; without them every call is answered. */
export type SigningOptions = {
  /**
   * Asked about each call that IAM allows, by operation (`Sign`) and the address of the function that calls, if one does: `throttle`
   * answers that the account may not call as often. The SDK tries again by itself.
   */
  readonly disturb?: (
    operation: string,
    functionAddress: string | undefined,
  ) => 'throttle' | undefined;
};
