import type { Defect } from './defect';

/** Mistakes in what the reader is told. */
export const telling = {
  'source-always-in-memory': {
    about: 'the badge says in-memory, wherever an answer came from',
    amend: () => ({ source: () => 'in-memory' }),
  },
  'age-off-by-a-minute': {
    about: 'the age of data is a minute short',
    amend: ({ age }) => ({ age: (seconds) => age(seconds - 60) }),
  },
  'loading-not-shown': {
    about: 'nothing tells that candles are on their way',
    amend: () => ({ showsLoading: false }),
  },
  'no-way-to-retry': {
    about: 'an error offers nothing that would help',
    amend: ({ advice }) => ({ advice: (problem) => ({ ...advice(problem), next: 'search' }) }),
  },
} satisfies Record<string, Defect>;
