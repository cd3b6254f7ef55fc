// The chat page: two phones side by side, the school's clock, and news of what changed.

import { ask } from './dom.js';
import { hear, people, setBadge, unreadOf } from './known.js';
import { Phone } from './phone.js';

const byId = it => document.getElementById(it);
const clock = byId('clock'), lost = byId('lost');
const tabs = [...document.querySelectorAll('.tabs button')];
const phones = {};
for (const side of ['left', 'right']) phones[side] = new Phone(side, changed);
const both = Object.values(phones);

// On each phone: what waits in all the chats that aren't in sight; on each tab: what waits on that phone.
function changed() {
  const held = both.map(it => it.user);
  if (held.includes(null)) return;
  let waiting = 0;
  for (const user of people.keys()) if (!held.includes(user)) waiting += unreadOf(user);
  for (const phone of both) {
    setBadge(phone.who.querySelector('.badge'), waiting);
    const { name, role } = people.get(phone.user);
    phone.who.setAttribute('aria-label', 'Чей телефон: ' + name + ', ' + role + '. Выбрать другой' + (waiting ? ', не прочитано у других: ' + waiting : ''));
    phone.list.recount();
  }
  for (const tab of tabs) {
    const phone = phones[tab.dataset.side], { name } = people.get(phone.user);
    const n = phone.isInSight() ? 0 : unreadOf(phone.user);
    tab.firstElementChild.textContent = name;
    setBadge(tab.lastElementChild, n);
    tab.setAttribute('aria-label', name + (n ? ', не прочитано: ' + n : ''));
  }
  history.replaceState(null, '', '#left=' + phones.left.user + '&right=' + phones.right.user);
}

// On a narrow screen one phone is in sight at a time.
function front(side) {
  for (const [name, phone] of Object.entries(phones)) phone.root.classList.toggle('behind', name !== side);
  for (const tab of tabs) { const on = tab.dataset.side === side; tab.setAttribute('aria-selected', String(on)); tab.tabIndex = on ? 0 : -1; }
  const phone = phones[side];
  if (phone.stuck) { phone.toBottom(); phone.read(); }
  changed();
}
for (const tab of tabs) {
  tab.addEventListener('click', () => front(tab.dataset.side));
  tab.addEventListener('keydown', e => {
    if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return;
    const other = tabs.find(it => it !== tab);
    other.focus(); other.click();
  });
}

// The address keeps whose phones are shown.
function takeChosen() {
  const hash = new URLSearchParams(location.hash.slice(1)), all = [...people.keys()];
  const named = side => all.find(it => it === Number(hash.get(side)));
  const left = named('left') ?? all[0];
  const right = named('right') ?? all.find(it => it !== left) ?? left;
  if (phones.left.user !== left) phones.left.take(left);
  if (phones.right.user !== right) phones.right.take(right);
}

const steps = [...document.querySelectorAll('[data-step]')];
let moving = false;
for (const button of steps) {
  button.addEventListener('click', async () => {
    if (moving) return;
    moving = true;
    // Not `disabled`: that would take the keyboard's focus away.
    for (const it of steps) it.setAttribute('aria-disabled', 'true');
    try {
      clock.textContent = (await ask('/api/clock', { step: button.dataset.step })).clock;
      byId('moved').textContent = 'На часах школы ' + clock.textContent;
    } catch { /* the line about the lost connection says it */ }
    for (const it of steps) it.removeAttribute('aria-disabled');
    moving = false;
  });
}

function listen() {
  const source = new EventSource('/api/events');
  source.onopen = () => { lost.hidden = true; };
  source.onerror = () => { lost.hidden = false; if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000); };
  source.onmessage = e => {
    const told = JSON.parse(e.data);
    clock.textContent = told.clock;
    hear(told.chats);
    for (const phone of both) if (told.chats.some(it => it.chat === phone.user)) phone.refresh();
    changed();
  };
}

async function meetPeople() {
  for (;;) {
    try {
      const told = await ask('/api/people');
      for (const it of told.people) people.set(it.user, it);
      clock.textContent = told.clock;
      lost.hidden = true;
      if (people.size) return;
    } catch { lost.hidden = false; }
    await new Promise(done => setTimeout(done, 1000));
  }
}

await meetPeople();
takeChosen();
front('left');
addEventListener('hashchange', takeChosen);
document.addEventListener('visibilitychange', () => { for (const it of both) if (it.stuck) it.read(); });
listen();
