// How many members have a second factor, over time.

import { html, svg, type TemplateResult } from 'lit';
import type { OverviewWire } from '../../worker/interaction/wire.ts';
import { number, percent, shortDay, text } from '../localization/localize-administration.ts';
import { chart, days, grid, LEFT, roundUp, sizeFor, yOf } from './chart.ts';

type Coverage = OverviewWire['coverage'];

/** Draws coverage over time: who has a second factor, under all members. */
export function coverageChart(coverage: Coverage, width: number): TemplateResult {
  const [first, last] = [coverage[0], coverage.at(-1)];
  if (!first || !last) return html`<p class="none">${text('admin.chart.none')}</p>`;
  const size = sizeFor(width);
  const most = roundUp(Math.max(...coverage.map(({ members }) => members)));
  const xOf = (index: number): number =>
    LEFT + ((size.width - LEFT - 4) * index) / Math.max(coverage.length - 1, 1);
  const points = (value: (each: Coverage[number]) => number): string =>
    coverage
      .map((each, index) => `${xOf(index).toFixed(1)},${yOf(value(each), most, size).toFixed(1)}`)
      .join(' ');
  const covered = points((each) => each.covered);
  const floor = yOf(0, most, size);
  return chart({
    summary: text('admin.coverage.summary', {
      share: percent(last.covered, last.members),
      covered: number(last.covered),
      members: number(last.members),
      before: percent(first.covered, first.members),
      day: shortDay(first.day),
    }),
    size,
    drawing: svg`${grid(most, size)}${days(
      coverage.map(({ day }) => day),
      xOf,
      size,
    )}<polygon
        class="area"
        points="${LEFT},${floor} ${covered} ${xOf(coverage.length - 1).toFixed(1)},${floor}"
      /><polyline class="series second" points=${points((each) => each.members)} /><polyline
        class="series first"
        points=${covered}
      />`,
    legend: [
      {
        mark: svg`<line class="series first" x1="2" x2="22" y1="6" y2="6" />`,
        words: text('admin.coverage.covered'),
      },
      {
        mark: svg`<line class="series second" x1="2" x2="22" y1="6" y2="6" />`,
        words: text('admin.coverage.members'),
      },
    ],
    table: html`<table>
      <caption class="visually-hidden">
        ${text('admin.coverage.title')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text('admin.chart.day')}</th>
          <th scope="col" class="number">${text('admin.coverage.covered')}</th>
          <th scope="col" class="number">${text('admin.coverage.members')}</th>
          <th scope="col" class="number">${text('admin.coverage.share')}</th>
        </tr>
      </thead>
      <tbody>
        ${coverage.map(
          ({ day, covered: some, members }) =>
            html`<tr>
              <th scope="row">${shortDay(day)}</th>
              <td class="number">${number(some)}</td>
              <td class="number">${number(members)}</td>
              <td class="number">${percent(some, members)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  });
}
