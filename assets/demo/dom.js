// What all parts of the page are made with: elements, requests, words.

export function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') node.className = value;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter(it => it !== null && it !== undefined));
  return node;
}

export async function ask(path, body) {
  const answer = await fetch(path, body === undefined ? {} : {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(path + ': ' + answer.status);
  return answer.json();
}

export const plural = (n, one, few, many) =>
  n % 10 === 1 && n % 100 !== 11 ? one : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? few : many;
export const count = (n, one, few, many) => n + '\u00a0' + plural(n, one, few, many);
export const size = n => n < 1024 ? n + ' Б' : n < 1048576 ? Math.round(n / 1024) + ' КБ' : (n / 1048576).toFixed(1).replace('.', ',') + ' МБ';

// The round picture with the initials that stands for a person.
export function paintFace(face, it) {
  face.textContent = it.name.split(/\s+/).slice(0, 2).map(word => word[0] || '').join('').toUpperCase();
  face.style.setProperty('--hue', (Math.abs(it.user) * 47) % 360);
  return face;
}

// The code in a link that starts the bot, or nothing.
export function codeOf(url) {
  return /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/\w+\?start=([\w-]{1,64})$/i.exec(url.trim())?.[1];
}

// A link that starts the bot starts it on this phone; other links open beside the page.
export function link(url, phone, name) {
  const code = codeOf(url);
  if (code) return make('a', { class: name, href: url, onclick: e => { e.preventDefault(); phone.start(code); } });
  if (!/^https?:\/\//i.test(url)) return make('span', { class: name });
  return make('a', { class: name, href: url, target: '_blank', rel: 'noopener noreferrer' });
}

// Addresses that stand in a text become links, as Telegram does by itself.
const ADDRESS = /\b(?:https?:\/\/|t\.me\/)[^\s<>«»"]+/gi;
function withLinks(text, to, phone) {
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const url = found[0].replace(/[.,;:!?)]+$/, '');
    const node = link(/^t\.me/i.test(url) ? 'https://' + url : url, phone);
    node.append(url);
    to.append(text.slice(at, found.index), node);
    at = found.index + url.length;
  }
  to.append(text.slice(at));
}

// The text of a message comes as HTML. It is parsed in a document that runs nothing, and only what is on this list
// is built anew; all other elements leave nothing but their text.
const PLAIN = { B: 'b', I: 'i', U: 'u', S: 's', CODE: 'code', PRE: 'pre', BLOCKQUOTE: 'blockquote' };
export function rich(html, phone) {
  const out = document.createDocumentFragment();
  const copy = (from, to, plain) => {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (plain) to.append(node.data); else withLinks(node.data, to, phone);
        continue;
      }
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      let built = null;
      if (PLAIN[node.tagName]) built = make(PLAIN[node.tagName]);
      else if (node.tagName === 'TG-SPOILER') built = spoiler();
      else if (node.tagName === 'A') built = link(node.getAttribute('href') || '', phone);
      if (built) to.append(built);
      copy(node, built || to, plain || ['A', 'CODE', 'PRE', 'TG-SPOILER'].includes(node.tagName));
    }
  };
  copy(new DOMParser().parseFromString('<body>' + html, 'text/html').body, out, false);
  return out;
}
function spoiler() {
  return make('button', { type: 'button', class: 'spoiler', 'aria-expanded': 'false', title: 'Показать скрытое',
    onclick: e => { e.currentTarget.classList.add('open'); e.currentTarget.setAttribute('aria-expanded', 'true'); } });
}
