/** A text, which may hold anything, or a number outside of one. */
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** Parses JSON with every number as the text that it was written as: no digit goes through floating point. */
export const parseExactly = (text: string): unknown =>
  JSON.parse(text.replace(TEXT_OR_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`)));
