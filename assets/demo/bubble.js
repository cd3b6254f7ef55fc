// A message: its bubble with text, picture, file or poll, and the buttons below it.

import { ask, count, link, make, rich, size } from './dom.js';

const OTHERS = { sticker: '🙂 Стикер', voice: '🎤 Голосовое сообщение', contact: '👤 Контакт', location: '📍 Место на карте' };

export function drawMessage(it, phone) {
  const bubble = make('div', { class: 'bubble' }, make('span', { class: 'away' }, it.bot ? 'Журнал:' : 'Вы:'));
  if (it.forwarded) bubble.append(make('div', { class: 'above' }, 'Переслано'));
  if (it.reply !== null) bubble.append(make('div', { class: 'above' }, it.reply || 'Сообщение'));
  if (it.photo) bubble.append(picture(it.photo));
  if (it.document) bubble.append(file(it.document));
  if (it.poll) bubble.append(poll(it, phone));
  if (it.other) bubble.append(make('div', {}, OTHERS[it.other] || it.other));
  if (it.html) bubble.append(make('div', { class: 'text' }, rich(it.html, phone)));
  bubble.append(make('div', { class: 'meta' },
    it.silent ? make('span', {}, 'без звука') : null, it.edited ? make('span', {}, 'изм.') : null, make('time', {}, it.time)));
  const wide = it.keys.length || it.photo || it.poll;
  const node = make('div', { class: 'message' + (it.bot ? '' : ' own') + (wide ? ' wide' : ''), 'data-message': it.id }, bubble);
  if (it.keys.length) node.append(keyboard(it, phone));
  return node;
}

// What a screen reader says of a message that has just come or was changed.
export function spoken(node) {
  const parts = [...node.querySelectorAll('.text, .question, .file b')].map(it => it.textContent.trim());
  const keys = node.querySelectorAll('.key').length;
  const said = parts.join('. ');
  return (said.length > 400 ? said.slice(0, 400) + '…' : said) + (keys ? '. ' + count(keys, 'кнопка', 'кнопки', 'кнопок') : '');
}

function picture(it) {
  const url = '/api/photo/' + it.id;
  return make('a', { class: 'photo', href: url, target: '_blank', rel: 'noopener', 'aria-label': 'Картинка, открыть целиком' },
    make('img', { src: url, width: it.width, height: it.height, alt: '' }));
}
function file(it) {
  const ending = it.name.includes('.') ? it.name.split('.').pop().slice(0, 4) : '';
  return make('a', { class: 'file', href: '/api/photo/' + it.id, download: it.name, title: 'Скачать' },
    make('span', { class: 'sign', 'aria-hidden': 'true' }, ending),
    make('span', {}, make('b', {}, it.name), make('span', {}, size(it.size) + ' · скачать')));
}

// Arrows walk over the keyboard as over a table; Tab goes through all keys in order.
function keyboard(it, phone) {
  const rows = it.keys.map(row => make('div', { class: 'row' }, ...row.map(one => key(it.id, one, phone))));
  return make('div', { class: 'keys', role: 'group', 'aria-label': 'Кнопки под сообщением', onkeydown: walk }, ...rows);
}
function walk(e) {
  const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[e.key] || [0, 0];
  if (!down && !right) return;
  const rows = [...e.currentTarget.children];
  const row = rows.indexOf(e.target.closest('.row'));
  const column = [...rows[row].children].indexOf(e.target.closest('.key'));
  const cells = rows[row + down]?.children;
  const next = cells?.[down ? Math.min(column, cells.length - 1) : column + right];
  e.preventDefault();
  next?.focus();
}
function key(message, it, phone) {
  if (it.url) {
    const node = link(it.url, phone, 'key');
    node.append(it.label);
    return node;
  }
  return make('button', { type: 'button', class: 'key', title: it.label, 'data-data': it.data, 'aria-busy': phone.isBusy(message, it.data) && 'true',
    onclick: e => phone.press(message, it.data, e.currentTarget) }, it.label);
}

const votes = n => count(n, 'голос', 'голоса', 'голосов');
function poll(it, phone) {
  const { question, closed, anonymous, chosen, voters } = it.poll;
  const vote = options => { phone.choice.delete(it.id); ask('/api/vote', { user: phone.user, message: it.id, options }).catch(() => phone.sayUp('Голос не отправлен, попробуйте ещё раз')); };
  const foot = make('div', { class: 'foot' }, make('span', {}, voters ? votes(voters) : 'Голосов пока нет'));
  const box = make('div', { class: 'poll', role: 'group', 'aria-label': 'Опрос: ' + question }, make('div', { class: 'question' }, question),
    make('div', { class: 'kind' }, closed ? 'Опрос закрыт' : anonymous ? 'Анонимный опрос' : 'Открытый опрос'));
  if (!closed && !chosen.length) box.append(...choices(it, phone, vote, foot)); else box.append(...results(it.poll));
  if (!closed && chosen.length) foot.append(make('button', { type: 'button', onclick: () => vote([]) }, 'Отозвать голос'));
  box.append(foot);
  return box;
}
// One answer is a vote at once; of several each is ticked, and then they are sent.
function choices(it, phone, vote, foot) {
  const mark = () => make('span', { class: 'mark', 'aria-hidden': 'true' });
  if (!it.poll.multiple) {
    return it.poll.options.map(([label], idx) =>
      make('button', { type: 'button', class: 'option', onclick: () => vote([idx]) }, mark(), make('span', {}, label)));
  }
  const ticked = phone.choice.get(it.id) || new Set();
  const send = make('button', { type: 'button', disabled: !ticked.size, onclick: () => vote([...ticked]) }, 'Голосовать');
  foot.append(send);
  return it.poll.options.map(([label], idx) => make('button', {
    type: 'button', class: 'option many', role: 'checkbox', 'aria-checked': String(ticked.has(idx)),
    onclick: e => {
      if (!ticked.delete(idx)) ticked.add(idx);
      phone.choice.set(it.id, ticked);
      e.currentTarget.setAttribute('aria-checked', String(ticked.has(idx)));
      send.disabled = !ticked.size;
    },
  }, mark(), make('span', {}, label)));
}
function results(it) {
  return it.options.map(([label, n], idx) => {
    const share = it.voters ? Math.round(100 * n / it.voters) : 0;
    const fill = make('i');
    fill.style.width = share + '%';
    return make('div', { class: 'option', title: votes(n) }, make('span', { class: 'percent' }, share + '%'),
      make('span', {}, (it.chosen.includes(idx) ? '✓ ' : '') + label), make('span', { class: 'rail' }, fill));
  });
}
