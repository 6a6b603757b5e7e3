export const LEAVE_EVENT = 'penumbra-leave';

/**
 * Goes on to another page of the service. The host may do something else: it is asked by a cancelable
 * `penumbra-leave` event that bubbles, with the path as `detail`.
 *
 * A path that leads to another origin is refused, whatever sent it: what signs people in must not be an open
 * redirect.
 * @throws Error when the path is not of this origin.
 */
export function leaveFor(from: EventTarget, path: string): void {
  const target = new URL(path, location.origin);
  if (target.origin !== location.origin)
    throw new Error('The way on leads to another origin, so it is not taken.');
  const event = new CustomEvent(LEAVE_EVENT, {
    detail: path,
    bubbles: true,
    composed: true,
    cancelable: true,
  });
  if (from.dispatchEvent(event)) location.assign(target);
}
