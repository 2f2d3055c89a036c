import type { Defect } from './defect';
import { between, style } from './world';

/** Mistakes in what the reader is told. */
export const telling = {
  'source-always-in-memory': {
    about: 'the badge says in-memory, wherever an answer came from',
    spoil: () => {
      between(async (ask) => {
        const { body, status, statusText, headers } = await ask();
        const told = new Headers(headers);
        told.set('X-Cache-Source', 'in-memory');
        return new Response(body, { status, statusText, headers: told });
      });
    },
  },
  'numbers-through-floats': {
    about: 'every number of an answer was floating point once on its way to the page',
    spoil: () => {
      between(async (ask) => {
        const answer = await ask();
        const { status, statusText, headers } = answer;
        const told = JSON.stringify(JSON.parse(await answer.text()));
        return new Response(told, { status, statusText, headers });
      });
    },
  },
  'age-off-by-a-minute': {
    about: 'the age of data is a minute short',
    amend: ({ age }) => ({ age: (seconds) => age(seconds - 60) }),
  },
  'loading-not-shown': {
    about: 'nothing tells that candles are on their way',
    spoil: () => {
      style('.loading { display: none !important; }');
    },
  },
  'no-way-to-retry': {
    about: 'an error offers nothing that would help',
    amend: ({ advice }) => ({ advice: (problem) => ({ ...advice(problem), next: 'search' }) }),
  },
} satisfies Record<string, Defect>;
