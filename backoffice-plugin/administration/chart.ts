// What the charts have in common: plain SVG in pixels of the page, so that its words are as large as all others, with the
// numbers in a table behind. What differs is told by shape and pattern too, never by colour alone.

import { css, html, svg, type CSSResult, type SVGTemplateResult, type TemplateResult } from 'lit';
import { number, shortDay, text } from '../localization/localize-administration.ts';

const TOP = 12;
const BOTTOM = 26;

/** Where the lines of a chart begin; the numbers stand left of it. */
export const LEFT = 48;

/** How large a chart is drawn. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** Gives the size for a width that there is. */
export function sizeFor(width: number): ChartSize {
  const drawn = Math.max(Math.round(width), 240);
  return { width: drawn, height: Math.round(Math.min(Math.max(drawn * 0.3, 180), 280)) };
}

/** Gives a round number that is at least as large, for the end of an axis. */
export function roundUp(value: number): number {
  if (value <= 4) return 4;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10].find((each) => each * magnitude >= value) ?? 10;
  return step * magnitude;
}

/** Gives the height at which a value stands. */
export function yOf(value: number, most: number, { height }: ChartSize): number {
  return TOP + (height - TOP - BOTTOM) * (1 - value / most);
}

/** Draws the lines with their numbers, from nothing to the most. */
export function grid(most: number, size: ChartSize): SVGTemplateResult {
  return svg`${[0, 0.25, 0.5, 0.75, 1].map((part) => {
    const value = part * most;
    const y = yOf(value, most, size);
    const words = Number.isInteger(value) ? number(value) : '';
    return svg`<line class="line" x1=${LEFT} x2=${size.width} y1=${y} y2=${y} /><text
        class="axis"
        x=${LEFT - 9}
        y=${y + 4}
        text-anchor="end"
      >${words}</text>`;
  })}`;
}

/** Writes some of the days below, so that they don't run into each other. */
export function days(
  all: readonly string[],
  xOf: (index: number) => number,
  { width, height }: ChartSize,
): SVGTemplateResult {
  const every = Math.max(1, Math.ceil(all.length / Math.max((width - LEFT) / 72, 1)));
  return svg`${all.map((day, index) => {
    const x = index === 0 ? LEFT : xOf(index);
    if (index % every !== 0 || x > width - 24) return '';
    const anchor = index === 0 ? 'start' : 'middle';
    return svg`<text class="axis" x=${x} y=${height - 6} text-anchor=${anchor}>${shortDay(day)}</text>`;
  })}`;
}

/** Puts a drawing, its legend and the table behind it together. `summary` says what is to be seen. */
export function chart(options: {
  readonly summary: string;
  readonly size: ChartSize;
  readonly drawing: SVGTemplateResult;
  readonly legend: readonly { readonly mark: SVGTemplateResult; readonly words: string }[];
  readonly table: TemplateResult;
}): TemplateResult {
  const { summary, size, drawing, legend, table } = options;
  const { width, height } = size;
  return html`<p class="lead">${summary}</p>
    <ul class="legend" aria-hidden="true">
      ${legend.map(
        ({ mark, words }) =>
          html`<li>
            <svg viewBox="0 0 24 12" width="24" height="12">${mark}</svg>
            <span>${words}</span>
          </li>`,
      )}
    </ul>
    <svg class="drawing" viewBox="0 0 ${width} ${height}" role="img" aria-label=${summary}>${drawing}</svg>
    <details>
      <summary>${text('admin.chart.table')}</summary>
      <div class="scroll" tabindex="0" role="group" aria-label=${text('admin.chart.table')}>${table}</div>
    </details>`;
}

export const chartStyles: CSSResult = css`
  .drawing {
    display: block;
    width: 100%;
    height: auto;
  }
  .line {
    stroke: var(--uui-color-divider-standalone);
    stroke-width: 1;
  }
  .axis {
    fill: var(--penumbra-muted-color, var(--uui-color-text-alt));
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .series {
    fill: none;
    stroke-width: 2.5;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .first {
    stroke: var(--penumbra-chart-first, var(--uui-color-interactive));
  }
  .second {
    stroke: var(--penumbra-muted-color, var(--uui-color-text-alt));
    stroke-dasharray: 6 5;
  }
  .area {
    fill: var(--penumbra-chart-first, var(--uui-color-interactive));
    opacity: 0.12;
  }
  .bar {
    fill: var(--penumbra-chart-first, var(--uui-color-interactive));
  }
  .hatch {
    stroke: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
    stroke-width: 3;
  }
  .edge {
    fill: none;
    stroke: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
    stroke-width: 1;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 24px;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 14px;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 9px;
  }
  details .scroll {
    max-height: 360px;
    overflow: auto;
    margin-top: 9px;
  }
`;
