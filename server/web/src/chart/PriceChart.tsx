import type { MouseEventParams } from 'lightweight-charts';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import type { Candle } from '../api/candle';
import { inWords } from '../panel/when';
import { usePolicies } from '../policies';
import type { Colours } from '../page/useColours';
import { bar, volume } from './bars';
import { drawingIn, inPageFont, paint, type Drawing } from './drawing';
import { press } from './keys';
import { paletteOf } from './palette';
import { priceFormat } from './prices';
import { offerProbe } from './probe';
import { Tooltip, type Pointed } from './Tooltip';
import { useAppearing } from './useAppearing';
import { useSwipe } from './useSwipe';
import { fit, pan, reveal, showsAll, zoom } from './viewport';

interface Props {
  readonly candles: readonly Candle[];
  /** What it is a chart of, in words. */
  readonly label: string;
  readonly describedBy: string;
  readonly colours: Colours;
  /** Another range is wanted, so many steps further. */
  readonly onSwipe: (steps: number) => void;
}

/** Candles with their volume. It keeps what is in view until other candles come. */
export function PriceChart({ candles, label, describedBy, colours, onSwipe }: Props) {
  const policies = usePolicies();
  const surface = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing>(null);
  const picture = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Pointed>();
  const position = useRef<number>(undefined);
  const refit = useRef(0);
  const animation = useAppearing(surface, label, policies.appearsFor);

  const showPointed = (at: number | undefined) => {
    const candle = at === undefined ? undefined : candles[at];
    const x = at === undefined ? null : drawing.current?.chart.timeScale().logicalToCoordinate(at as never);
    position.current = candle && at;
    if (!candle || x === null || x === undefined) setPointed(undefined);
    else setPointed({ candle, x, side: x > (surface.current?.clientWidth ?? 0) / 2 ? 'left' : 'right' });
  };
  const pointAt = (at: number | undefined) => {
    const current = drawing.current;
    const there = at === undefined ? undefined : candles[at];
    if (!current || at === undefined || !there) return;
    reveal(current.chart, at);
    const { time, close } = bar(there);
    current.chart.setCrosshairPosition(close, time, current.prices);
    showPointed(at);
  };

  const onCrosshair = useEffectEvent((event: MouseEventParams) => {
    // The library also tells when its crosshair is set by the keyboard; then there is no pointer.
    if (event.sourceEvent || !event.point) showPointed(event.point ? event.logical : undefined);
  });
  // A few candles stay in the middle, and the tooltip goes where its candle goes; the library knows a frame later.
  const onResize = useEffectEvent(() => {
    cancelAnimationFrame(refit.current);
    refit.current = requestAnimationFrame(() => {
      const chart = drawing.current?.chart;
      if (chart && showsAll(chart, candles.length)) fit(chart, candles.length);
      showPointed(position.current);
    });
  });
  const onTap = useEffectEvent((event: MouseEventParams) => {
    pointAt(event.logical);
  });

  useEffect(() => {
    const element = surface.current;
    if (!element) return undefined;
    const made = drawingIn(element);
    drawing.current = made;
    const leaveFont = inPageFont(made);
    offerProbe(element, made);
    made.chart.subscribeCrosshairMove(onCrosshair);
    made.chart.subscribeClick(onTap);
    made.chart.timeScale().subscribeSizeChange(onResize);
    return () => {
      drawing.current = null;
      leaveFont();
      made.chart.remove();
    };
  }, []);

  useEffect(() => {
    const current = drawing.current;
    if (!current) return;
    const palette = paletteOf(colours);
    paint(current, palette);
    current.prices.applyOptions({ priceFormat: priceFormat(candles, policies.places(candles)) });
    current.prices.setData(candles.map(bar));
    current.volumes.setData(candles.map((candle) => volume(candle, palette)));
  }, [candles, colours, policies]);

  // A canvas keeps the size of its window, and paper has another one.
  useEffect(() => {
    const [place, current] = [picture.current, drawing.current];
    if (colours !== 'paper' || !place || !current) return undefined;
    place.replaceChildren(current.chart.takeScreenshot());
    return () => {
      place.replaceChildren();
    };
  }, [candles, colours]);

  useEffect(() => {
    if (drawing.current) fit(drawing.current.chart, candles.length);
  }, [candles]);

  useSwipe(surface, (pixels) => {
    const all = drawing.current && showsAll(drawing.current.chart, candles.length);
    const steps = policies.swiped(pixels);
    if (all && steps !== 0) onSwipe(steps);
  });

  // The library shows it a frame later. A new size that was waiting for that frame would put all in view again.
  const keepInView = () => {
    cancelAnimationFrame(refit.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chart = drawing.current?.chart;
    if (!chart || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = candles.length - 1;
    const known = press(event.key, event.shiftKey, {
      point: (steps) => {
        pointAt(Math.max(0, Math.min(last, (position.current ?? last + (steps < 0 ? 1 : 0)) + steps)));
      },
      pointFirst: () => {
        pointAt(0);
      },
      pointLast: () => {
        pointAt(last);
      },
      pan: (part) => {
        if (pan(chart, part, candles.length)) keepInView();
      },
      zoom: (factor) => {
        if (zoom(chart, factor, candles.length)) keepInView();
      },
      showAll: () => {
        fit(chart, candles.length);
      },
      leave: () => {
        chart.clearCrosshairPosition();
        showPointed(undefined);
      },
    });
    if (known) event.preventDefault();
  };

  return (
    <div className="chart" data-testid="chart-animation" data-state={animation}>
      <div
        ref={surface}
        className="chart-surface"
        data-testid="price-chart"
        data-candles={candles.length}
        role="application"
        aria-roledescription="candlestick chart"
        aria-label={label}
        aria-describedby={describedBy}
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      <div ref={picture} className="picture" aria-hidden="true" />
      {pointed && <Tooltip {...pointed} />}
      <p className="unseen" aria-live="polite">
        {pointed && `${inWords(pointed.candle.date)}: close ${pointed.candle.close}`}
      </p>
    </div>
  );
}
