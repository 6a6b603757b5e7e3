export const STEP_EVENT = 'penumbra-step';

/** Tells the host that another step is drawn, and the title that the page should have. */
export function tellStep(from: EventTarget, title: string): void {
  from.dispatchEvent(new CustomEvent(STEP_EVENT, { detail: title, bubbles: true, composed: true }));
}
