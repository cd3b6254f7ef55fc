// A phone: whose it is, the chat as it stands, and what the bot answers to its presses.

import { drawMessage, spoken } from './bubble.js';
import { Compose } from './compose.js';
import { ask, codeOf, make, paintFace } from './dom.js';
import { people, readAll, setBadge } from './known.js';
import { List } from './list.js';

const BUSY_MS = 20000, NEAR_BOTTOM = 70;
const toastMs = text => 2500 + 45 * text.length;

export class Phone {
  // `changed` is called when another person's phone was taken, or something was read.
  constructor(side, changed) {
    this.side = side; this.changed = changed;
    this.root = document.getElementById(side);
    this.root.append(document.getElementById('inside').content.cloneNode(true));
    this.root.querySelector('h2').textContent = this.root.getAttribute('aria-label');
    const find = it => this.root.querySelector(it);
    for (const it of ['who', 'log', 'down', 'fresh', 'says', 'toast', 'veil']) this[it] = find('.' + it);
    this.user = null; this.shown = new Map(); this.busy = new Map(); this.choice = new Map();
    this.fetching = false; this.stale = false; this.stuck = true; this.waiting = 0;
    this.list = new List(this); this.compose = new Compose(this);
    this.who.addEventListener('click', () => this.list.toggle(!this.list.isOpen));
    this.log.addEventListener('scroll', () => { this.stuck = this.atBottom(); if (this.stuck) this.read(); else this.down.hidden = false; }, { passive: true });
    this.down.addEventListener('click', () => { this.toBottom(); this.read(); this.log.focus({ preventScroll: true }); });
    find('.begin').addEventListener('click', () => this.start());
    this.fresh.addEventListener('submit', e => { e.preventDefault(); this.open(find('.fresh input')); });
    this.root.addEventListener('keydown', e => {
      if (e.key !== 'Escape') return;
      this.list.toggle(false); this.compose.closeMenus(true);
    });
    this.root.addEventListener('click', e => { if (!e.target.closest('.menu, .tool')) this.compose.closeMenus(false); });
    this.root.addEventListener('focusin', e => { if (e.target !== this.log) this.lost = false; });
    this.veil.querySelector('p').id = side + '-alert';
    this.veil.firstElementChild.setAttribute('aria-describedby', side + '-alert');
    this.veil.querySelector('button').addEventListener('click', () => this.closeAlert());
    this.veil.addEventListener('keydown', e => { if (e.key === 'Escape') this.closeAlert(); if (e.key === 'Tab') e.preventDefault(); });
    // The keyboard of a real phone or a turned window changes the height: what was at the end stays there.
    new ResizeObserver(() => { if (this.stuck) this.toBottom(); }).observe(this.log);
  }

  take(user) {
    this.closeAlert();
    this.compose.swap(this.user, user);
    this.user = user; this.shown.clear(); this.busy.clear(); this.log.replaceChildren();
    this.toast.replaceChildren(); this.says.textContent = '';
    const person = people.get(user);
    paintFace(this.who.querySelector('.face'), person);
    const [name, role] = this.who.querySelector('.two').children;
    name.textContent = name.title = person.name; role.textContent = role.title = person.role;
    this.log.setAttribute('aria-label', 'Переписка: ' + person.name);
    this.stuck = true; this.waiting = 0;
    this.refresh(); this.changed();
  }

  // One request at a time; what changes meanwhile is asked for once more.
  async refresh() {
    if (this.fetching) { this.stale = true; return; }
    this.fetching = true;
    do {
      this.stale = false;
      const user = this.user;
      try {
        const chat = await ask('/api/chat/' + user);
        if (user === this.user) this.show(chat); else this.stale = true;
      } catch { break; }
    } while (this.stale);
    this.fetching = false;
  }

  show(chat) {
    const bottom = this.stuck || this.atBottom();
    const newest = chat.messages.at(-1);
    const isFirst = !this.shown.size;
    const own = newest && !newest.bot && !this.shown.has(newest.id) && !isFirst;
    const focus = this.focusInLog(), anchor = this.anchor();
    const last = isFirst ? 0 : Math.max(...this.shown.keys());
    const said = this.place(chat.messages);
    this.refocus(focus);
    this.settle(chat.toasts);
    this.fresh.hidden = chat.messages.length > 0;
    this.compose.form.hidden = !this.fresh.hidden;
    this.compose.fill(chat.commands);
    const fresh = isFirst ? 0 : chat.messages.filter(it => it.bot && it.id > last).length;
    if (said && !isFirst) this.says.textContent = said;
    if (bottom || own) { this.toBottom(); this.read(); }
    else { this.hold(anchor); this.waiting += fresh; this.countDown(); }
    this.down.hidden = this.atBottom();
  }

  // Nodes that stay are left where they are, so that nothing flickers. Returns what is to be said of those that don't.
  place(messages) {
    const nodes = [], kept = new Map();
    let day = null, said = '';
    for (const it of messages) {
      if (it.day !== day) { day = it.day; nodes.push(this.dayNode(day)); }
      const mark = JSON.stringify(it), old = this.shown.get(it.id);
      const node = old?.mark === mark ? old.node : drawMessage(it, this);
      if (it.bot && node !== old?.node) said = spoken(node);
      kept.set(it.id, { mark, node }); nodes.push(node);
    }
    this.shown = kept;
    let at = this.log.firstChild;
    const wanted = new Set(nodes);
    for (const node of nodes) {
      while (at && !wanted.has(at)) { const next = at.nextSibling; at.remove(); at = next; }
      if (at === node) at = at.nextSibling; else this.log.insertBefore(node, at);
    }
    while (at) { const next = at.nextSibling; at.remove(); at = next; }
    return said;
  }
  dayNode(day) {
    return [...this.log.querySelectorAll('.day')].find(it => it.textContent === day) || make('h3', { class: 'day' }, day);
  }

  // A press waits for its answer: the bot's word, or silence for long.
  isBusy(message, data) { return [...this.busy.values()].some(it => it.message === message && it.data === data); }
  async press(message, data, node) {
    if (node.getAttribute('aria-busy') === 'true') return;
    node.setAttribute('aria-busy', 'true');
    const user = this.user;
    try {
      const { id } = await ask('/api/press', { user, message, data });
      if (user !== this.user) return;
      this.busy.set(id, { message, data });
      setTimeout(() => { if (this.busy.delete(id)) this.rest(message, data); }, BUSY_MS);
      this.refresh();
    } catch {
      node.removeAttribute('aria-busy');
      this.sayUp('Не отправлено: нет связи. Попробуйте ещё раз');
    }
  }
  settle(toasts) {
    for (const it of [...toasts].reverse()) {
      const pressed = this.busy.get(it.id);
      if (!pressed) continue;
      this.busy.delete(it.id); this.rest(pressed.message, pressed.data);
      if (it.text && it.alert) this.openAlert(it.text); else if (it.text) this.sayUp(it.text);
    }
  }
  rest(message, data) {
    const node = this.shown.get(message)?.node;
    for (const key of node ? node.querySelectorAll('.key[aria-busy]') : []) if (key.dataset.data === data) key.removeAttribute('aria-busy');
  }
  sayUp(text) {
    this.toast.replaceChildren(make('p', {}, text));
    clearTimeout(this.toastTimer); this.toastTimer = setTimeout(() => this.toast.replaceChildren(), toastMs(text));
  }

  // While an alert stands, the rest of its phone can't be reached; the other phone can.
  openAlert(text) {
    this.former = this.focusInLog();
    const here = document.activeElement === document.body || this.root.contains(document.activeElement);
    this.veil.querySelector('p').textContent = text; this.veil.hidden = false;
    for (const it of this.root.children) if (it !== this.veil) it.inert = true;
    if (here) this.veil.querySelector('button').focus();
  }
  closeAlert() {
    if (this.veil.hidden) return;
    for (const it of this.root.children) it.inert = false;
    this.veil.hidden = true;
    this.refocus(this.former || {});
  }

  start(code) { return this.compose.post(code ? '/api/say' : '/api/start', code ? { text: '/start ' + code } : {}); }
  // A link, or what a person keeps of one: the code.
  open(field) {
    const code = codeOf(field.value) || field.value.replace(/[^\w-]/g, '');
    if (!code) { field.focus(); return; }
    field.value = '';
    this.start(code);
  }

  atBottom() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_BOTTOM; }
  toBottom() { this.log.scrollTop = this.log.scrollHeight; this.stuck = true; }
  isInSight() { return !document.hidden && getComputedStyle(this.root).display !== 'none'; }
  read() {
    this.stuck = true; this.waiting = 0; this.down.hidden = true; this.countDown();
    if (this.isInSight() && this.user !== null) { readAll(this.user); this.changed(); }
  }
  countDown() {
    setBadge(this.down.querySelector('.badge'), this.waiting);
    this.down.setAttribute('aria-label', this.waiting ? 'К новым сообщениям: ' + this.waiting : 'К последнему сообщению');
  }
  // The first message in sight stays where it is read, whatever changes above it.
  anchor() {
    const top = this.log.scrollTop;
    for (const [id, { node }] of this.shown) if (node.offsetTop + node.offsetHeight > top) return { id, from: node.offsetTop - top };
    return null;
  }
  hold(anchor) {
    const node = anchor && this.shown.get(anchor.id)?.node;
    if (node) this.log.scrollTop = node.offsetTop - anchor.from;
  }

  // Where the keyboard's focus stands, in words that outlive the node.
  focusInLog() {
    const active = document.activeElement, node = active?.closest?.('.message');
    if (active === this.log && this.lost) return {};
    if (!node || !this.log.contains(node)) return null;
    return { id: Number(node.dataset.message), at: [...node.querySelectorAll('button, a')].indexOf(active), data: active.dataset.data };
  }
  // Back to the button that carries the same, else to the one at its place, else to the newest screen's first.
  refocus(focus) {
    const active = document.activeElement;
    if (!focus || !this.veil.hidden || active !== this.log && this.log.contains(active)) return;
    const all = [...this.shown.get(focus.id)?.node.querySelectorAll('button, a') || []];
    const next = all.find(it => it.dataset.data && it.dataset.data === focus.data) || all[Math.min(focus.at, all.length - 1)]
      || [...this.log.querySelectorAll('.keys')].at(-1)?.querySelector('.key');
    (next || this.log).focus({ preventScroll: true });
    // The next screen may still be on its way.
    this.lost = !next;
  }
}
