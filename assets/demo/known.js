// What both phones know: who there is, and how much of each chat wasn't seen yet.

export const people = new Map();

const got = new Map(), seen = new Map();
let primed = false;

export const unreadOf = user => Math.max(0, (got.get(user) || 0) - (seen.get(user) || 0));
export const readAll = user => seen.set(user, got.get(user) || 0);

// What the server tells of chats. What was there before the page was opened is nobody's news.
export function hear(chats) {
  for (const { chat, fromBot } of chats) {
    got.set(chat, fromBot);
    if (!primed) seen.set(chat, fromBot);
    if ((seen.get(chat) || 0) > fromBot) seen.set(chat, 0);
  }
  primed = true;
}

export function setBadge(node, n) {
  node.hidden = !n;
  node.textContent = n > 99 ? '99+' : String(n);
}
