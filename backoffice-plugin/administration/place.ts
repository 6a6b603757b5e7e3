// Which page of the administration is open, as the fragment of the address says it: `#/example/members/abc?filter=weak`.
// A fragment, since whoever hosts the element owns the path. It must not hold anything that is secret.

const PAGES = ['overview', 'members', 'invites', 'requests', 'sites', 'policy', 'audit'] as const;

export type PageName = (typeof PAGES)[number];

export interface Place {
  /** Absent: the first that there is. */
  readonly organization?: string;
  readonly page: PageName;
  /** A member or a site. */
  readonly id?: string;
  readonly query: Readonly<Record<string, string>>;
}

export const PAGE_NAMES: readonly PageName[] = PAGES;

/** Reads a fragment. What is not understood leads to the overview. */
export function parsePlace(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [organization, page, id] = path.split('/').map(decoded);
  return {
    ...(organization && { organization }),
    page: PAGES.find((name) => name === page) ?? 'overview',
    ...(id && { id }),
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

/** Writes the fragment of a place. What is empty in its query is left out. */
export function hashOf(place: Omit<Place, 'query'> & { readonly query?: Place['query'] }): string {
  const path = [place.organization ?? '', place.page, ...(place.id === undefined ? [] : [place.id])];
  const query = Object.entries(place.query ?? {}).filter(([, value]) => value !== '');
  const search = query.length === 0 ? '' : `?${new URLSearchParams(query).toString()}`;
  return `#/${path.map(encodeURIComponent).join('/')}${search}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
