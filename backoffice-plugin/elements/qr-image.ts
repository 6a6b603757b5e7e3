const SVG = 'http://www.w3.org/2000/svg';
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  path: ['d', 'fill'],
  rect: ['x', 'y', 'width', 'height', 'fill'],
};

/**
 * Makes an image of the service's SVG text out of plain shapes. Whatever else the text holds (scripts, links, styles,
 * foreign content) is left out, so that the text need not be trusted.
 * Gives undefined when the text is no SVG document with a view box.
 */
export function qrImage(source: string, label: string): SVGSVGElement | undefined {
  const parsed = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
  const viewBox = parsed.getAttribute('viewBox');
  if (parsed.namespaceURI !== SVG || parsed.localName !== 'svg' || viewBox === null) return undefined;
  const image = document.createElementNS(SVG, 'svg');
  image.setAttribute('viewBox', viewBox);
  image.setAttribute('role', 'img');
  image.setAttribute('aria-label', label);
  // Without it, edges between modules are smoothed into grey lines that some readers trip over.
  image.setAttribute('shape-rendering', 'crispEdges');
  for (const shape of parsed.querySelectorAll('path, rect')) {
    const copy = copyShape(shape);
    if (copy) image.append(copy);
  }
  return image;
}

function copyShape(shape: Element): SVGElement | undefined {
  const attributes = SHAPES[shape.localName];
  if (!attributes || shape.namespaceURI !== SVG) return undefined;
  const copy = document.createElementNS(SVG, shape.localName);
  for (const name of attributes) {
    const value = shape.getAttribute(name);
    if (value !== null && !value.includes('url(')) copy.setAttribute(name, value);
  }
  return copy;
}
