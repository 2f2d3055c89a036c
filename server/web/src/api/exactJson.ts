type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

const asWritten: Reviver = (_key, value, context) =>
  typeof value === 'number' ? (context?.source ?? String(value)) : value;

/** Parses JSON with every number as the text that it was written as, where the browser tells it. */
export const parseExactly = (text: string): unknown =>
  JSON.parse(text, asWritten as Parameters<typeof JSON.parse>[1]);
