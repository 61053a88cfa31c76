/** Stands in for jest's hooks where the command runs on its own: what they would judge is judged at the end. */
export const afterEach = (): void => undefined;
