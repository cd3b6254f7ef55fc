// The list of people whose phone can be taken: one field that searches, arrows that walk, Enter that takes.

import { make, paintFace } from './dom.js';
import { people, setBadge, unreadOf } from './known.js';

const folded = text => text.toLowerCase().replaceAll('ё', 'е');

export class List {
  constructor(phone) {
    this.phone = phone;
    this.root = phone.root.querySelector('.list');
    this.search = this.root.querySelector('input');
    this.rows = this.root.querySelector('.rows');
    this.rows.id = phone.side + '-people';
    this.search.setAttribute('aria-controls', this.rows.id);
    this.search.addEventListener('input', () => this.fill());
    this.root.addEventListener('keydown', e => this.keys(e));
    // The field keeps the focus while a row is pressed; a list that is left is closed.
    this.root.addEventListener('mousedown', e => { if (e.target !== this.search) e.preventDefault(); });
    this.root.addEventListener('focusout', e => {
      if (e.relatedTarget && !this.root.contains(e.relatedTarget) && e.relatedTarget !== phone.who) this.toggle(false, false);
    });
  }

  get isOpen() { return !this.root.hidden; }

  toggle(open, backToHeader = true) {
    if (open === this.isOpen) return;
    this.root.hidden = !open;
    this.phone.who.setAttribute('aria-expanded', String(open));
    if (open) { this.search.value = ''; this.fill(); this.search.focus(); }
    else if (backToHeader) this.phone.who.focus();
  }

  fill() {
    const wanted = folded(this.search.value.trim());
    const groups = new Map();
    for (const it of people.values()) {
      if (!folded(it.name + ' ' + it.role + ' ' + it.group).includes(wanted)) continue;
      if (!groups.has(it.group)) groups.set(it.group, []);
      groups.get(it.group).push(it);
    }
    this.rows.replaceChildren(...[...groups].map(([name, them], idx) => {
      const id = this.phone.side + '-group-' + idx;
      return make('div', { role: 'group', 'aria-labelledby': id }, make('h3', { id, role: 'presentation' }, name), ...them.map(it => this.row(it)));
    }));
    if (!groups.size) this.rows.append(make('p', { class: 'none' }, 'Никого не нашлось. Попробуйте фамилию, класс или предмет.'));
    const all = this.options();
    this.point(all.find(it => !wanted && Number(it.dataset.user) === this.phone.user) || all[0], 'center');
  }
  row(it) {
    const badge = make('span', { class: 'badge' });
    const row = make('div', { class: 'person', role: 'option', id: this.phone.side + '-' + it.user, 'data-user': it.user, 'aria-selected': 'false',
      'aria-current': it.user === this.phone.user ? 'true' : null, onclick: () => this.choose(it.user) },
      paintFace(make('span', { class: 'face', 'aria-hidden': 'true' }), it),
      make('span', { class: 'two' }, make('b', {}, it.name), make('span', {}, it.role)), badge);
    this.count(row, it);
    return row;
  }
  // Counters change where they stand, so that the list doesn't move under a finger.
  recount() { if (this.isOpen) for (const row of this.options()) this.count(row, people.get(Number(row.dataset.user))); }
  count(row, it) {
    const n = unreadOf(it.user);
    setBadge(row.querySelector('.badge'), n);
    row.setAttribute('aria-label', it.name + ', ' + it.role + (n ? ', не прочитано: ' + n : ''));
  }

  options() { return [...this.rows.querySelectorAll('[role=option]')]; }
  point(row, block = 'nearest') {
    for (const it of this.options()) it.setAttribute('aria-selected', String(it === row));
    if (!row) { this.search.removeAttribute('aria-activedescendant'); return; }
    this.search.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block });
  }
  keys(e) {
    const all = this.options();
    const at = all.findIndex(it => it.getAttribute('aria-selected') === 'true');
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[e.key];
    if (step && all.length) {
      e.preventDefault();
      this.point(all[Math.max(0, Math.min(all.length - 1, at + step))]);
    } else if (e.key === 'Enter' && all[at]) {
      e.preventDefault();
      this.choose(Number(all[at].dataset.user));
    }
  }
  choose(user) {
    this.toggle(false);
    this.phone.take(user);
  }
}
