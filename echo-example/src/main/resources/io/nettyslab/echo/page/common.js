'use strict';
// What the pages share: elements, numbers, colours that follow the browser's theme, charts.

const data = JSON.parse(document.getElementById('data').textContent);
const page = document.getElementById('page');
const drawings = []; // functions that draw a chart; called again when the theme changes

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes || {}).forEach(([name, value]) => element.setAttribute(name, value));
  children.flat(Infinity).forEach(child => element.append(child));
  return element;
}

function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

function count(number) {
  return Math.round(number).toLocaleString('en-US');
}

function short(number) {
  const size = Math.abs(number);
  if (size >= 1e6) return trim(number / 1e6) + ' M';
  if (size >= 1e3) return trim(number / 1e3) + ' k';
  return trim(number);
}

function trim(number) {
  const digits = Math.abs(number) < 10 ? 2 : Math.abs(number) < 100 ? 1 : 0;
  return String(Number(number.toFixed(digits)));
}

function micros(number) {
  return number >= 1e6 ? trim(number / 1e6) + ' s' : number >= 1e3 ? trim(number / 1e3) + ' ms' : trim(number) + ' µs';
}

function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  while (number >= 1024 && unit < units.length - 1) {
    number /= 1024;
    unit++;
  }
  return trim(number) + ' ' + units[unit];
}

// How many nines a percentile has: spreads the tail, where allocators differ.
function nines(percentile) {
  return -Math.log10(1 - percentile / 100);
}

function percentileName(nines) {
  const percentile = 100 * (1 - Math.pow(10, -nines));
  return 'p' + Number(percentile.toFixed(4));
}

function legend(entries) {
  return el('div', {class: 'legend'}, entries.map(([name, colorName]) =>
    el('span', {}, el('i', {style: 'background: var(--' + colorName + ')'}), name)));
}

// A card with a chart. The configuration is made anew for each theme, because canvas knows no style sheet.
function chart(title, configuration, note) {
  const canvas = el('canvas', {role: 'img', 'aria-label': title});
  const card = el('div', {class: 'card'}, el('h3', {}, title), el('div', {class: 'chart'}, canvas));
  if (note) {
    card.append(el('p', {class: 'faint'}, note));
  }
  let drawn;
  drawings.push(() => {
    if (drawn) drawn.destroy();
    drawn = new Chart(canvas, configuration());
  });
  return card;
}

function axis(title, more) {
  return Object.assign({
    title: {display: !!title, text: title, color: color('faint')},
    ticks: {color: color('faint')},
    grid: {color: color('grid')},
    border: {color: color('line')}
  }, more);
}

function ticks(callback, more) {
  return Object.assign({color: color('faint'), callback: callback}, more);
}

// Percentiles from the median on, spread by their nines.
function percentileAxis(max) {
  return axis('percentile', {
    type: 'linear', min: nines(50), max: max,
    afterBuildTicks: scale => {
      scale.ticks = [nines(50), 1, 2, 3, 4, 5].filter(value => value <= max).map(value => ({value: value}));
    },
    ticks: ticks(percentileName)
  });
}

// A logarithmic axis with room for few labels: 1, 2, 5, 10, ...
function logarithmic(title, callback) {
  const label = value => [1, 2, 5].includes(Number((value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9))).toFixed(3)))
    ? callback(value) : null;
  return axis(title, {type: 'logarithmic', ticks: ticks(label, {autoSkip: true, maxTicksLimit: 9})});
}

function options(scales, more) {
  return Object.assign({
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    interaction: {mode: 'nearest', intersect: false},
    scales: scales,
    plugins: {legend: {display: false}}
  }, more);
}

function line(label, colorName, points, more) {
  return Object.assign({
    label: label,
    data: points,
    parsing: false,
    borderColor: color(colorName),
    backgroundColor: color(colorName),
    borderWidth: 2,
    pointRadius: 0,
    pointHitRadius: 8,
    tension: 0
  }, more);
}

function setupLine(setup) {
  return el('p', {class: 'faint'}, 'netty-slab ' + setup.version + (setup.commit ? ' (' + setup.commit + ')' : '')
    + ', Netty ' + setup.netty + '. ' + setup.java + '. ' + setup.cores + ' cores (' + setup.processor + '), '
    + setup.system + '. ' + setup.time.replace('T', ' ').replace('Z', ' UTC') + '.');
}

function drawAll() {
  drawings.forEach(draw => draw());
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
