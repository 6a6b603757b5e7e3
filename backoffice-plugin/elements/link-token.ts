/**
 * Takes the token of a mailed link out of the address: it is then not in the address bar, the history or whatever is
 * copied from there. Gives an empty text where there is none.
 */
export function takeLinkToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
