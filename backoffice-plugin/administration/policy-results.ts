// What is told around a policy: who would be affected, and that somebody else has changed it meanwhile.

import { html, nothing, type TemplateResult } from 'lit';
import type { PolicyTrialWire, PolicyWire } from '../../worker/interaction/wire.ts';
import { number, plural, text } from '../localization/localize-administration.ts';
import { warning } from '../profile/section.ts';
import { SETTINGS, settingText } from './policy-texts.ts';

/** Says in a few lines how many would be affected, and how. */
export function trialSummary(trial: PolicyTrialWire): TemplateResult {
  const { members, fine, mustEnroll, mayPutOff, exempt, cannot } = trial;
  return html`<ul>
    <li>${plural('admin.trial.fine', fine, { members: number(members) })}</li>
    ${mustEnroll > 0 ? html`<li>${plural('admin.trial.mustEnroll', mustEnroll)}</li>` : nothing}
    ${mayPutOff > 0 ? html`<li>${plural('admin.trial.mayPutOff', mayPutOff)}</li>` : nothing}
    ${exempt > 0 ? html`<li>${plural('admin.trial.exempt', exempt)}</li>` : nothing}
    ${cannot > 0 ? html`<li><strong>${plural('admin.trial.cannot', cannot)}</strong></li>` : nothing}
    ${trial.incomplete ? html`<li>${text('admin.trial.incomplete')}</li>` : nothing}
  </ul>`;
}

/** Draws who would be affected. */
export function trialSection(trial: PolicyTrialWire, href: (sub: string) => string): TemplateResult {
  return html`<section class="box" aria-labelledby="trial">
    <h2 id="trial" tabindex="-1">${text('admin.trial.title')}</h2>
    <p class="lead">${text('admin.trial.lead')}</p>
    ${trialSummary(trial)}
    ${
      trial.affected.length === 0
        ? nothing
        : html`<div class="scroll">
            <table>
              <caption class="visually-hidden">
                ${text('admin.trial.affected')}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${text('admin.column.member')}</th>
                  <th scope="col">${text('admin.trial.effect')}</th>
                </tr>
              </thead>
              <tbody>
                ${trial.affected.map(
                  ({ sub, name, email, effect }) =>
                    html`<tr>
                      <th scope="row"><a href=${href(sub)}>${name || email}</a></th>
                      <td>${text(`admin.trial.effect.${effect}`)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

/** Draws what somebody else has saved beside what was to be saved. */
export function conflictSection(
  theirs: PolicyWire,
  mine: PolicyWire,
  options: { readonly onTheirs: () => void; readonly onMine: () => void },
): TemplateResult {
  const different = SETTINGS.filter((each) => settingText(theirs, each) !== settingText(mine, each));
  const said = (policy: PolicyWire, setting: (typeof SETTINGS)[number]): string =>
    settingText(policy, setting) ?? text('admin.policy.open');
  return html`<section class="box" aria-labelledby="conflict">
    <h2 id="conflict" tabindex="-1">${text('admin.conflict.title')}</h2>
    ${warning(text('admin.conflict.text'))}
    <div class="scroll">
      <table>
        <caption class="visually-hidden">
          ${text('admin.conflict.title')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${text('admin.conflict.setting')}</th>
            <th scope="col">${text('admin.conflict.theirs')}</th>
            <th scope="col">${text('admin.conflict.mine')}</th>
          </tr>
        </thead>
        <tbody>
          ${different.map(
            (setting) =>
              html`<tr>
                <th scope="row">${text(`admin.policy.${setting}`)}</th>
                <td>${said(theirs, setting)}</td>
                <td>${said(mine, setting)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <div class="buttons">
      <penumbra-button look="outline" @click=${options.onTheirs}
        >${text('admin.conflict.takeTheirs')}</penumbra-button
      >
      <penumbra-button look="outline" @click=${options.onMine}
        >${text('admin.conflict.keepMine')}</penumbra-button
      >
    </div>
  </section>`;
}
