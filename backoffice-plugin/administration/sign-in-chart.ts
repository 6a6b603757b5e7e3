// How often people signed in, by kind and result.

import { html, svg, type TemplateResult } from 'lit';
import type { OverviewWire } from '../../worker/interaction/wire.ts';
import { number, shortDay, text } from '../localization/localize-administration.ts';
import { chart, days, grid, LEFT, roundUp, sizeFor, yOf } from './chart.ts';

type SignIns = OverviewWire['signIns'];

/** Gives the kinds of sign-in that there were, with what they are called. */
export function signInKinds(signIns: SignIns): readonly { readonly kind: string; readonly name: string }[] {
  return [...new Set(signIns.map(({ kind }) => kind))].map((kind) => ({ kind, name: kindName(kind) }));
}

// A kind that is not known here is one of a later service.
function kindName(kind: string): string {
  switch (kind) {
    case 'totp':
    case 'email':
    case 'phone':
      return text(`factor.${kind}`);
    case 'password':
      return text('field.password');
    case 'recovery':
    case 'recovery_code':
      return text('recovery.code');
    case 'access_pass':
      return text('admin.pass.name');
    default:
      return kind;
  }
}

/** Draws a bar for each day: what went well below, what failed hatched on top. `kind` empty: all kinds. */
export function signInChart(signIns: SignIns, kind: string, room: number): TemplateResult {
  const chosen = signIns.filter((each) => kind === '' || each.kind === kind);
  const all = [...new Set(signIns.map(({ day }) => day))].toSorted();
  if (all.length === 0) return html`<p class="none">${text('admin.chart.none')}</p>`;
  const sum = (day: string | undefined, result: 'ok' | 'failed', of = chosen): number =>
    of
      .filter((each) => each.result === result && (day === undefined || each.day === day))
      .reduce((total, { count }) => total + count, 0);
  const bars = all.map((day) => ({ day, ok: sum(day, 'ok'), failed: sum(day, 'failed') }));
  const most = roundUp(Math.max(...bars.map(({ ok, failed }) => ok + failed)));
  const size = sizeFor(room);
  const step = (size.width - LEFT) / all.length;
  const width = Math.max(step * 0.7, 2);
  const xOf = (index: number): number => LEFT + step * index + step / 2;
  const floor = yOf(0, most, size);
  return chart({
    summary: text('admin.signIns.summary', {
      ok: number(sum(undefined, 'ok')),
      failed: number(sum(undefined, 'failed')),
      day: shortDay(all[0] ?? ''),
    }),
    size,
    drawing: svg`<defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line class="hatch" x1="1.5" x2="1.5" y1="0" y2="6" />
        </pattern>
      </defs>${grid(most, size)}${days(all, xOf, size)}${bars.map(({ ok, failed }, index) => {
        const x = xOf(index) - width / 2;
        const [top, over] = [yOf(ok, most, size), yOf(ok + failed, most, size)];
        return svg`<rect class="bar" x=${x} y=${top} width=${width} height=${floor - top} />${
          failed === 0
            ? ''
            : svg`<rect fill="url(#hatch)" x=${x} y=${over} width=${width} height=${top - over} /><rect
                class="edge"
                x=${x}
                y=${over}
                width=${width}
                height=${top - over}
              />`
        }`;
      })}`,
    legend: [
      {
        mark: svg`<rect class="bar" x="5" y="0" width="14" height="12" />`,
        words: text('admin.signIns.okLabel'),
      },
      {
        mark: svg`<rect class="edge" x="5.5" y="0.5" width="13" height="11" /><path
            class="hatch"
            d="M7 10 15 2M12 10 17 5"
          />`,
        words: text('admin.signIns.failedLabel'),
      },
    ],
    table: table(signIns, all),
  });
}

function table(signIns: SignIns, all: readonly string[]): TemplateResult {
  const kinds = signInKinds(signIns);
  const count = (day: string, kind: string, result: string): number =>
    signIns
      .filter((each) => each.day === day && each.kind === kind && each.result === result)
      .reduce((total, each) => total + each.count, 0);
  return html`<table>
    <caption class="visually-hidden">
      ${text('admin.signIns.title')}
    </caption>
    <thead>
      <tr>
        <th scope="col" rowspan="2">${text('admin.chart.day')}</th>
        ${kinds.map(({ name }) => html`<th scope="colgroup" colspan="2">${name}</th>`)}
      </tr>
      <tr>
        ${kinds.map(
          () =>
            html`<th scope="col" class="number">${text('admin.signIns.okLabel')}</th>
              <th scope="col" class="number">${text('admin.signIns.failedLabel')}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${all.map(
        (day) =>
          html`<tr>
            <th scope="row">${shortDay(day)}</th>
            ${kinds.map(
              ({ kind }) =>
                html`<td class="number">${number(count(day, kind, 'ok'))}</td>
                  <td class="number">${number(count(day, kind, 'failed'))}</td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
