/** How much wider bands of time are on a slow or busy machine: `CI_TOLERANCE_FACTOR`, as for the other categories. */
export const TOLERANCE = Math.max(1, Number(process.env.CI_TOLERANCE_FACTOR ?? '1') || 1);
