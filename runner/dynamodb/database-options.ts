/** How tests trouble the database; without them it answers every call. */
export type DatabaseOptions = {
  /**
   * Asked about each call that IAM allows, by operation (`PutItem`) and the address of the function that calls, if one
   * does: `fail` answers 500 InternalServerError, and nothing reaches the engine. The SDK tries again by itself.
   */
  readonly disturb?: (operation: string, functionAddress: string | undefined) => 'fail' | undefined;
};
