// The page that shows what was sent. Everything in it came from outside, so all of it is escaped.
import type { Channel, StoredMessage } from './message-store.ts';

const CHANNEL_NAMES: Readonly<Record<Channel, string>> = { email: 'Mail', sms: 'Text', call: 'Call' };

/** Draws the whole page; it fetches itself anew when something changes. */
export function outboxPage(messages: readonly StoredMessage[]): string {
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Outbox (${messages.length})</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header>
  <div>
    <h1>Outbox</h1>
    <p>Stands for the mail, text and voice providers of the local world. Nothing leaves this machine.</p>
  </div>
  <button type="button" id="clear">Delete all</button>
</header>
<main id="list" aria-busy="false">
<p class="count">${count}, newest first</p>
${messages.length === 0 ? EMPTY : messages.map(drawMessage).join('\n')}
</main>
<p id="news" role="status"></p>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const EMPTY = `<div class="empty"><h2>Nothing was sent yet</h2>
<p>Sign-in codes and set-up links appear here by themselves.</p></div>`;

function drawMessage(message: StoredMessage): string {
  const subject = message.subject ?? (message.channel === 'sms' ? 'Text message' : 'Voice call');
  const id = escapeHtml(message.id);
  const time = escapeHtml(message.at);
  return `<article id="${id}" aria-labelledby="subject-${id}">
<h2 id="subject-${id}">${escapeHtml(subject)}</h2>
<p class="facts"><span class="channel ${message.channel}">${CHANNEL_NAMES[message.channel]}</span>
<span class="to">to ${escapeHtml(message.to)}</span>
<time datetime="${time}">${time.slice(11, 19)} UTC</time></p>
<pre>${linkify(message.text)}</pre>
${message.channel === 'call' ? drawCall(message, id) : ''}</article>`;
}

function drawCall({ spoken, phone }: StoredMessage, id: string): string {
  const button =
    phone?.keyUrl === undefined
      ? ''
      : `<button type="button" data-answer="${id}">Answer and press 1</button>`;
  if (spoken === undefined) return button;
  return `<p class="facts">Heard after the key:</p>
<pre class="spoken">${escapeHtml(spoken.join('\n'))}</pre>
${button}`;
}

// Links are found in the raw text, then each piece is escaped by itself.
function linkify(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((piece, index) => {
      if (index % 2 === 0) return escapeHtml(piece);
      const url = escapeHtml(piece);
      return `<a href="${url}" target="_blank" rel="noopener noreferrer">${url}</a>`;
    })
    .join('');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const STYLE = `
:root { color-scheme: light dark; --back: #f4f4f7; --card: #fff; --ink: #1b1c2b; --soft: #5a5c70; --line: #d8d8e0;
  --link: #3544b1; --email: #e7e9fb; --sms: #e2f4e7; --call: #fdeed7; }
@media (prefers-color-scheme: dark) { :root { --back: #14151f; --card: #1f2030; --ink: #ecedf5; --soft: #a9abc0;
  --line: #36384c; --link: #a9b4ff; --email: #2c3163; --sms: #1f4a2e; --call: #5a4218; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main, #news { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; justify-content: space-between; padding-top: 1.5rem; }
header > div { flex: 1 1 18rem; }
h1 { font-size: 1.6rem; margin: 0; }
header p, .count { margin: 0.25rem 0 0; color: var(--soft); }
main { padding-bottom: 3rem; }
.count { margin: 1rem 0; }
article, .empty { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin: 0 0 1rem; }
.empty { text-align: center; padding: 3rem 1rem; }
article h2, .empty h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; margin: 0.35rem 0 0.75rem; color: var(--soft); font-size: 0.9rem; }
.to { overflow-wrap: anywhere; }
.channel { color: var(--ink); border-radius: 999px; padding: 0 0.6rem; }
.email { background: var(--email); } .sms { background: var(--sms); } .call { background: var(--call); }
pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: 4px; }
pre + .facts { margin: 0.75rem 0 0.25rem; }
pre + button { margin-top: 0.75rem; }
a { color: var(--link); }
button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: 6px;
  padding: 0.4rem 1rem; min-height: 2.75rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
#news { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); padding: 0; }
`;

// Fetches this page again and takes its list, so that there is one place that draws it. What has the focus keeps it.
const SCRIPT = `
const news = document.getElementById('news');
let asked = 0;
async function refresh() {
  const mine = (asked += 1);
  const answer = await fetch(location.href);
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (mine !== asked) return;
  const count = next.querySelector('.count').textContent;
  const focused = document.activeElement?.closest('article');
  const place = focused && [...focused.querySelectorAll('a, button')].indexOf(document.activeElement);
  document.getElementById('list').replaceWith(next.getElementById('list'));
  if (focused) document.getElementById(focused.id)?.querySelectorAll('a, button')[place]?.focus();
  if (document.title !== next.title) news.textContent = count;
  document.title = next.title;
}
document.addEventListener('click', async ({ target }) => {
  const id = target.dataset?.answer;
  if (id === undefined) return;
  const answer = await fetch('/controls/answer', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id }),
  });
  const { spoken, message } = await answer.json();
  news.textContent = spoken ? 'Heard: ' + spoken.join(' ') : message;
  if (!spoken) alert(message);
});
document.getElementById('clear').addEventListener('click', () => fetch('/messages', { method: 'DELETE' }));
const changes = new EventSource('/changes');
changes.addEventListener('change', refresh);
let opened = false;
changes.addEventListener('open', () => { if (opened) refresh(); opened = true; });
`;
