import { useId, useRef } from 'react';
import { useCandles } from '../api/useCandles';
import { keepToken } from '../api/token';
import { ChartSummary } from '../chart/ChartSummary';
import { PriceChart } from '../chart/PriceChart';
import { FullscreenButton } from '../controls/FullscreenButton';
import type { Colours } from '../page/useColours';
import { EmptyWindow } from '../states/EmptyWindow';
import { ErrorMessage } from '../states/ErrorMessage';
import { Loading } from '../states/Loading';
import { Notices } from '../states/Notices';
import type { Look } from '../view/useView';
import type { View } from '../view/view';
import { CacheBadge } from './CacheBadge';
import { CurrentPrice } from './CurrentPrice';
import { statusOf } from './status';

interface Props {
  readonly ticker: string;
  readonly view: View;
  readonly look: Look;
  readonly colours: Colours;
  readonly online: boolean;
  readonly onSwipe: (steps: number) => void;
  readonly onSearch: () => void;
}

/** One ticker: its price, its chart, and whatever stands in their way. */
export function TickerPanel({ ticker, view, look, colours, online, onSwipe, onSearch }: Props) {
  const panel = useRef<HTMLElement>(null);
  const [title, summary] = [useId(), useId()];
  const { query, askNow } = useCandles(ticker, view);
  const status = statusOf(query);
  const answer = status.kind === 'shown' ? status.answer : undefined;

  const help = {
    'ask again': askNow,
    'sign in': (token: string) => {
      keepToken(token);
      askNow();
    },
    search: onSearch,
    usual: () => {
      look({ range: '1M', dates: undefined, resolution: undefined });
    },
  };

  return (
    <section ref={panel} className="panel" aria-labelledby={title} data-testid={`panel-${ticker}`}>
      <div className="panel-head">
        <h1 id={title}>{ticker}</h1>
        {answer && <CurrentPrice candles={answer.candles} />}
        <span className="space" />
        {answer && <CacheBadge answer={answer} />}
        <FullscreenButton panel={panel} />
      </div>
      {answer && (
        <Notices
          answer={answer}
          problem={status.kind === 'shown' ? status.problem : undefined}
          online={online}
          onAskNow={askNow}
        />
      )}
      <div className="stage" data-leaving={status.kind === 'shown' && status.leaving}>
        {answer && (
          <PriceChart
            candles={answer.candles}
            label={`${answer.ticker} from ${answer.start_date} to ${answer.end_date} in candles of ${answer.resolution}`}
            describedBy={summary}
            colours={colours}
            onSwipe={onSwipe}
          />
        )}
        {(status.kind === 'loading' || (status.kind === 'shown' && status.leaving)) && (
          <Loading ticker={ticker} failures={status.kind === 'loading' ? status.failures : 0} />
        )}
        {(status.kind === 'failed' || status.kind === 'waiting') && (
          <ErrorMessage problem={status.problem} help={help} />
        )}
        {status.kind === 'empty' && <EmptyWindow answer={status.answer} look={look} />}
      </div>
      {answer && <ChartSummary id={summary} candles={answer.candles} />}
    </section>
  );
}
