// What a look at the page finds wrong: what sticks out, what lies on something else, what is too small or too pale.
const faults = [];
const box = it => it.getBoundingClientRect();
const name = it => it.tagName + ' «' + (it.getAttribute('aria-label') || it.textContent || it.className).trim().slice(0, 40) + '»';
const seen = it => it.checkVisibility({ visibilityProperty: true }) && !it.closest('[inert], .away') && box(it).width > 1;

if (document.documentElement.scrollWidth > innerWidth) faults.push('the page is ' + document.documentElement.scrollWidth + ' wide');
for (const it of document.querySelectorAll('.log, .rows')) if (seen(it) && it.scrollWidth > it.clientWidth) faults.push(name(it) + ' scrolls sideways');

const pressed = [...document.querySelectorAll('button, a, input, textarea, [role=option]')].filter(seen);
for (const it of pressed) {
  const { left, right, height } = box(it);
  if (left < -0.5 || right > innerWidth + 0.5) faults.push(name(it) + ' sticks out');
  if (height < 40 && !it.closest('.text')) faults.push(name(it) + ' is ' + height + ' high');
}
// Things of one layer: what is scrolled away or lies under an open list isn't pressed.
const layer = pressed.filter(it => {
  const { left, top, width, height } = box(it);
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return there && (it.contains(there) || there.contains(it));
});
for (const [idx, one] of layer.entries()) {
  for (const other of layer.slice(idx + 1)) {
    const [a, b] = [box(one), box(other)];
    const over = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    if (over && !one.contains(other) && !other.contains(one) && one.closest('.log, .rows') === other.closest('.log, .rows')) faults.push(name(one) + ' lies on ' + name(other));
  }
}

const colour = text => {
  const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
  return { r, g, b, a };
};
const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
function ground(it) {
  const layers = [];
  for (let at = it; at; at = at.parentElement) {
    const its = colour(getComputedStyle(at).backgroundColor);
    layers.push(its);
    if (its.a === 1) break;
  }
  return layers.reverse().reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, a: 1 });
}
const light = ({ r, g, b }) => [r, g, b].map(it => it / 255).map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)
  .reduce((sum, it, idx) => sum + it * [0.2126, 0.7152, 0.0722][idx], 0);
const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const pale = new Set();
while (words.nextNode()) {
  const it = words.currentNode.parentElement;
  if (!words.currentNode.data.trim() || !seen(it) || it.closest('.spoiler:not(.open)')) continue;
  const behind = ground(it), [a, b] = [light(over(colour(getComputedStyle(it).color), behind)), light(behind)];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < 4.5) pale.add(it.className + ' ' + name(it) + ' has a contrast of ' + contrast.toFixed(2));
}
return [...faults, ...pale];
