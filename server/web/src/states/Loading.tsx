interface Props {
  readonly ticker: string;
  readonly failures: number;
}

/** Candles are on their way. */
export function Loading({ ticker, failures }: Props) {
  return (
    <div className="state loading" role="status" data-testid="loading-spinner">
      <span className="spinner" aria-hidden="true" />
      <p>
        {failures === 0
          ? `Fetching ${ticker}…`
          : `That did not work. Trying again, for the ${ordinal(failures)} time…`}
      </p>
    </div>
  );
}

const ordinal = (count: number): string => ['first', 'second', 'third'][count - 1] ?? 'last';
