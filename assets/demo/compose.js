// What a person can send: words, commands of the menu, files and what else a phone has.

import { ask, codeOf, make, size } from './dom.js';

// What a bot can't be given in life isn't given here either.
const MOST = 20 << 20;

export class Compose {
  constructor(phone) {
    this.phone = phone;
    const find = it => phone.root.querySelector(it);
    this.form = find('.compose'); this.text = find('textarea'); this.picker = find('input[type=file]'); this.chip = find('.chip');
    this.menus = [['.commands', '.menu.of-commands'], ['.attach', '.menu.of-things']].map(([button, menu]) => ({ button: find(button), menu: find(menu) }));
    this.drafts = new Map(); this.file = null;
    this.form.addEventListener('submit', e => { e.preventDefault(); this.submit(); });
    this.text.addEventListener('input', () => this.grow());
    this.text.addEventListener('keydown', e => {
      if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); this.submit(); }
    });
    this.picker.addEventListener('change', () => { this.attach(this.picker.files[0]); this.picker.value = ''; });
    this.chip.querySelector('button').addEventListener('click', () => { this.drop(); this.text.focus(); });
    for (const { button, menu } of this.menus) {
      button.addEventListener('click', () => this.toggle(menu, menu.hidden));
      menu.addEventListener('keydown', e => this.walk(e, menu));
    }
    find('[data-thing=file]').addEventListener('click', () => { this.closeMenus(true); this.picker.click(); });
    for (const node of phone.root.querySelectorAll('[data-thing]:not([data-thing=file])')) {
      node.addEventListener('click', () => { this.closeMenus(true); this.post('/api/thing', { kind: node.dataset.thing }); });
    }
    this.takeDrops();
  }

  // A file or a link that starts the bot may be dropped on the phone or pasted into it.
  takeDrops() {
    const root = this.phone.root;
    const take = (e, from) => {
      const code = codeOf(from.getData('text/plain'));
      if (from.files.length) this.attach(from.files[0]);
      else if (code && e.target !== this.text) this.phone.start(code);
      else return;
      e.preventDefault();
    };
    root.addEventListener('dragover', e => {
      if (![...e.dataTransfer.types].some(it => it === 'Files' || it === 'text/plain')) return;
      e.preventDefault();
      root.classList.add('over');
    });
    root.addEventListener('dragleave', e => { if (!root.contains(e.relatedTarget)) root.classList.remove('over'); });
    root.addEventListener('drop', e => { root.classList.remove('over'); take(e, e.dataTransfer); });
    root.addEventListener('paste', e => { if (!e.target.matches('input')) take(e, e.clipboardData); });
  }

  // Each person's unsent words wait for when the phone is taken again.
  swap(former, user) {
    if (former !== null) this.drafts.set(former, this.text.value);
    this.text.value = this.drafts.get(user) || '';
    this.drop(); this.closeMenus(false); this.grow();
  }

  attach(file) {
    if (!file) return;
    if (this.form.hidden) { this.phone.sayUp('Сначала нажмите «Старт», потом отправляйте файл'); return; }
    if (file.size > MOST) { this.phone.sayUp('Файл ' + size(file.size) + ', а отправить можно до 20 МБ'); return; }
    this.file = file;
    this.chip.querySelector('span').textContent = file.name + ' · ' + size(file.size);
    this.chip.hidden = false;
    this.text.focus();
  }
  drop() { this.file = null; this.chip.hidden = true; }

  async submit() {
    const { file } = this, words = this.text.value;
    if (!file && !words.trim()) return;
    this.text.value = ''; this.drop(); this.grow();
    const sent = file
      ? await this.post('/api/file', { caption: words, name: file.name, mime: file.type || 'application/octet-stream', data: await base64(file) })
      : await this.post('/api/say', { text: words });
    if (sent) return;
    this.text.value = words; this.grow();
    if (file) this.attach(file);
  }
  async post(path, what) {
    try { await ask(path, { user: this.phone.user, ...what }); return true; }
    catch { this.phone.sayUp('Не отправлено: нет связи. Попробуйте ещё раз'); return false; }
  }
  grow() {
    this.text.style.height = '';
    if (this.text.scrollHeight > this.text.clientHeight) this.text.style.height = Math.min(140, this.text.scrollHeight + 2) + 'px';
  }

  fill(commands) {
    const mark = JSON.stringify(commands);
    if (this.mark === mark) return;
    this.mark = mark;
    const [{ button, menu }] = this.menus;
    button.hidden = !commands.length;
    menu.replaceChildren(...commands.map(it => make('button', { type: 'button', role: 'menuitem', tabindex: '-1',
      onclick: () => { this.closeMenus(true); this.post('/api/say', { text: '/' + it.command }); } },
    make('b', {}, '/' + it.command), make('span', {}, it.description))));
  }
  toggle(menu, open) {
    for (const it of this.menus) {
      it.menu.hidden = it.menu !== menu || !open;
      it.button.setAttribute('aria-expanded', String(!it.menu.hidden));
    }
    if (open) menu.querySelector('button')?.focus();
  }
  // Closes what is open; the focus goes back to the button that opened it when it was inside.
  closeMenus(back) {
    for (const { button, menu } of this.menus) {
      if (menu.hidden) continue;
      if (back && menu.contains(document.activeElement)) button.focus();
      menu.hidden = true;
      button.setAttribute('aria-expanded', 'false');
    }
  }
  walk(e, menu) {
    const items = [...menu.querySelectorAll('button')];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[e.key];
    if (e.key === 'Tab') this.closeMenus(true);
    if (to === undefined) return;
    e.preventDefault();
    items[to % items.length].focus();
  }
}

function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(',')[1] || '');
    reader.onerror = failed;
    reader.readAsDataURL(file);
  });
}
