'use strict';
// The page of a comparison. Everything it shows is in the JSON it carries.

const ALLOCATORS = data.allocators;
const SVG = 'http://www.w3.org/2000/svg';
const SLAB_ROW_BYTES = 1 << 20;
const SLAB_ROWS_SHOWN = 16; // of one slab; further rows without spans are left out

// Undefined if nothing was measured.
function entry(transport, allocator) {
  return data.entries.find(each => each.transport === transport && each.allocator === allocator);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function words(list) {
  return list.length < 2 ? list.join('') : list.slice(0, -1).join(', ') + ' and ' + list.at(-1);
}

function measuredOn(transport) {
  return ALLOCATORS.filter(allocator => entry(transport, allocator));
}

// ---- what is missing

function missing() {
  return data.missing.length === 0 ? '' : el('div', {class: 'card'},
    el('b', {class: 'bad'}, 'Not everything was measured'),
    el('ul', {}, data.missing.map(each => el('li', {}, each.transport + ' ' + each.allocator + ' after ' + each.rounds
      + (each.rounds === 1 ? ' round: ' : ' rounds: ') + each.why))));
}

// ---- verdicts

const OUTCOMES = {BETTER: ['good', 'better than'], WORSE: ['bad', 'worse than'], NO_DIFFERENCE: ['faint', 'not clearly apart from'],
  TOO_FEW_ROUNDS: ['faint', 'too few rounds to tell from']};

function verdictCell(verdict) {
  if (!verdict) {
    return el('td', {}, '–');
  }
  const [style, word] = OUTCOMES[verdict.outcome];
  const range = verdict.advantage;
  return el('td', {},
    el('div', {class: 'factor ' + style}, range.median.toFixed(2) + ' ×'),
    el('div', {class: 'faint'}, word + ' ' + verdict.rival + ', ' + range.low.toFixed(2) + '–' + range.high.toFixed(2)));
}

function verdicts() {
  if (data.verdicts.length === 0) {
    return '';
  }
  const metrics = [...new Set(data.verdicts.map(verdict => verdict.metric))];
  const counts = outcome => data.verdicts.filter(verdict => verdict.outcome === outcome).length;
  return el('section', {},
    el('h2', {}, 'Slabs against the best of their rivals'),
    el('p', {}, el('b', {class: 'good'}, 'Better in ' + counts('BETTER')), ', ',
      el('b', {class: 'bad'}, 'worse in ' + counts('WORSE')), ', no difference beyond the spread in '
      + counts('NO_DIFFERENCE')
      + (counts('TOO_FEW_ROUNDS') > 0 ? ', too few rounds to tell in ' + counts('TOO_FEW_ROUNDS') : '')
      + ' of ' + data.verdicts.length + '. More than 1 × is always good for slabs. The rival is'
      + ' the one that did best. Each factor is the median of those of the rounds, whose middle half is the range; the'
      + ' medians further down, each over all rounds, need not divide to it.'),
    el('div', {class: 'card scroll'}, el('table', {class: 'verdicts'},
      el('tr', {}, el('th', {class: 'word'}, ''), data.transports.map(name => el('th', {}, name))),
      metrics.map(metric => el('tr', {}, el('td', {class: 'word'}, capital(metric)),
        data.transports.map(transport => verdictCell(data.verdicts.find(verdict =>
          verdict.metric === metric && verdict.transport === transport))))))));
}

// ---- bars

// From the smallest to the largest of the rounds.
const whiskers = {
  id: 'whiskers',
  afterDatasetsDraw(drawn) {
    const context = drawn.ctx;
    context.save();
    context.strokeStyle = color('text');
    context.lineWidth = 1.5;
    drawn.data.datasets.forEach((dataset, index) => (dataset.spreads || []).forEach((spread, i) => {
      const bar = drawn.getDatasetMeta(index).data[i];
      if (!spread || !bar) return;
      const [low, high] = [spread.min, spread.max].map(value => drawn.scales.y.getPixelForValue(value));
      context.beginPath();
      context.moveTo(bar.x, low);
      context.lineTo(bar.x, high);
      [low, high].forEach(y => {
        context.moveTo(bar.x - 4, y);
        context.lineTo(bar.x + 4, y);
      });
      context.stroke();
    }));
    context.restore();
  }
};

function bars(title, unit, key, format, note) {
  const spread = each => each && typeof each[key] !== 'number' ? each[key] : null;
  const value = each => spread(each) ? spread(each).median : each ? each[key] : null;
  return chart(title, () => ({
    type: 'bar',
    plugins: [whiskers],
    data: {
      labels: data.transports,
      datasets: ALLOCATORS.map(allocator => ({
        label: allocator,
        data: data.transports.map(transport => value(entry(transport, allocator))),
        spreads: data.transports.map(transport => spread(entry(transport, allocator))),
        backgroundColor: color(allocator),
        borderRadius: 3,
        categoryPercentage: 0.72,
        barPercentage: 0.86
      }))
    },
    options: options({
      x: axis('', {grid: {display: false}}),
      y: axis(unit, {
        min: 0,
        suggestedMax: Math.max(...data.entries.map(each => spread(each) ? spread(each).max : value(each))),
        ticks: ticks(format)
      })
    }, {interaction: {mode: 'index', intersect: false}, plugins: {legend: {display: false}, tooltip: {callbacks: {
      label: item => item.dataset.label + ': ' + format(item.raw) + ' ' + unit
    }}}})
  }), note);
}

// ---- lines

function latencyChart(transport) {
  const rate = entry(transport, measuredOn(transport)[0]).rate;
  const late = measuredOn(transport).filter(allocator => {
    const reached = entry(transport, allocator).rounds.map(round => round.reachedRate).sort((a, b) => a - b);
    return reached[Math.floor(reached.length / 2)] < 0.95 * rate;
  });
  return chart(transport + ', at ' + count(rate) + ' messages/s', () => ({
    type: 'line',
    data: {datasets: measuredOn(transport).map(allocator => line(allocator, allocator,
      entry(transport, allocator).latency.filter(point => point.percentile >= 50).map(point => ({x: nines(point.percentile), y: point.micros})),
      {pointRadius: 2}))},
    options: options({
      x: percentileAxis(4),
      y: logarithmic('', micros)
    }, {plugins: {legend: {display: false}, tooltip: {callbacks: {
      title: items => percentileName(items[0].parsed.x),
      label: item => item.dataset.label + ': ' + micros(item.parsed.y)
    }}}})
  }), late.length ? capital(words(late)) + ' did not keep up with this rate.' : '');
}

function memoryChart(transport) {
  return chart(transport, () => ({
    type: 'line',
    data: {datasets: measuredOn(transport).map(allocator => line(allocator, allocator,
      entry(transport, allocator).memory.map(point => ({x: point.seconds, y: point.bytes}))))},
    options: options({
      x: axis('seconds since the server started', {
        type: 'linear', min: 0, ticks: ticks(trim),
        max: Math.max(...measuredOn(transport).flatMap(allocator => entry(transport, allocator).memory.map(point => point.seconds)))
      }),
      y: axis('', {min: 0, ticks: ticks(bytes, {stepSize: 32 << 20})})
    }, {plugins: {legend: {display: false}, tooltip: {callbacks: {
      title: items => trim(items[0].parsed.x) + ' s',
      label: item => item.dataset.label + ': ' + bytes(item.parsed.y)
    }}}})
  }));
}

// ---- slabs

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

// From small slots, blue, over green, yellow and red to large ones, violet.
function slotColor(slotSize) {
  return 'hsl(' + Math.round((590 - Math.log2(slotSize / 16) * 20) % 360) + ' 65% 50%)';
}

// A span as a tank: faint what is ready, full what is in use. One that is longer than a row goes on in the next.
function tank(span, row, pitch, height) {
  const begin = Math.max(span.offset, row * SLAB_ROW_BYTES);
  const end = Math.min(span.offset + span.length, (row + 1) * SLAB_ROW_BYTES);
  if (begin >= end) {
    return [];
  }
  const width = (end - begin) / SLAB_ROW_BYTES * 1000;
  const place = {x: (begin - row * SLAB_ROW_BYTES) / SLAB_ROW_BYTES * 1000, width: Math.max(1, width - 0.8)};
  const level = span.slotsInUse / span.slots * height;
  const text = span.slots + ' slots of ' + bytes(span.slotSize) + ', ' + span.slotsInUse + ' in use';
  return [
    svg('rect', {...place, y: row * pitch, height: height, fill: slotColor(span.slotSize), 'fill-opacity': 0.28},
      svg('title', {}, text)),
    svg('rect', {...place, y: row * pitch + height - level, height: level, fill: slotColor(span.slotSize)},
      svg('title', {}, text))
  ];
}

function slabPicture(slab, number) {
  const height = 14;
  const pitch = 18;
  const used = slab.spans.reduce((last, span) => Math.max(last, span.offset + span.length), 0);
  const all = Math.ceil(slab.size / SLAB_ROW_BYTES);
  const rows = Math.min(all, SLAB_ROWS_SHOWN, Math.max(1, Math.ceil(used / SLAB_ROW_BYTES) + 1));
  const picture = svg('svg', {viewBox: '0 0 1000 ' + rows * pitch, role: 'img', 'aria-label': 'slab ' + number});
  for (let row = 0; row < rows; row++) {
    picture.append(svg('rect', {x: 0, y: row * pitch, width: 1000, height: height, fill: 'var(--free)'}));
    slab.spans.forEach(span => picture.append(...tank(span, row, pitch, height)));
  }
  const spanBytes = slab.spans.reduce((sum, span) => sum + span.length, 0);
  const inUse = slab.spans.reduce((sum, span) => sum + span.slotSize * span.slotsInUse, 0);
  return el('div', {},
    el('div', {class: 'faint'}, (slab.direct ? 'Direct' : 'Heap') + ' slab ' + number + ', ' + bytes(slab.size) + ': '
      + bytes(inUse) + ' in use in ' + slab.spans.length + ' spans of ' + bytes(spanBytes) + ' together; the rest is free'
      + (rows < all ? ' (' + (all - rows) + ' further rows are not drawn)' : '') + '.'),
    picture);
}

function slabs(transport) {
  const its = entry(transport, 'slab');
  if (!its || !its.slabs) {
    return '';
  }
  const sizes = [...new Set(its.slabs.flatMap(slab => slab.spans.map(span => span.slotSize)))].sort((a, b) => a - b);
  return el('div', {class: 'card'}, el('h3', {}, transport),
    el('div', {class: 'legend'}, sizes.map(size =>
      el('span', {}, el('i', {style: 'background: ' + slotColor(size)}), bytes(size)))),
    its.slabs.map((slab, i) => slabPicture(slab, i + 1)));
}

// ---- the table

const COLUMNS = [
  ['messages/s', each => each.messagesPerSecond.median, count, true],
  ['CPU ns/KiB', each => each.cpuNanosPerKib.median, count, false],
  ['p50', each => each.p50Nanos.median / 1e3, micros, false],
  ['p99', each => each.p99Nanos.median / 1e3, micros, false],
  ['p99.9', each => each.p999Nanos.median / 1e3, micros, false],
  ['GCs', each => each.collections, count, false],
  ['GC ms', each => each.collectionMillis, count, false],
  ['resident', each => each.residentBytes.median, value => value ? bytes(value) : '–', false],
  ['reserved', each => Number(each.serverAtEnd.reservedBytes), bytes, null]
];

function figures() {
  const best = (transport, [, value, , moreIsBetter]) => moreIsBetter === null ? NaN
    : Math[moreIsBetter ? 'max' : 'min'](...measuredOn(transport).map(allocator => value(entry(transport, allocator))));
  return el('div', {class: 'card scroll'}, el('table', {},
    el('tr', {}, el('th', {class: 'word'}, 'transport'), el('th', {class: 'word'}, 'allocator'),
      COLUMNS.map(([name]) => el('th', {}, name))),
    data.transports.map(transport => measuredOn(transport).map(allocator => {
      const its = entry(transport, allocator);
      return el('tr', {}, el('td', {class: 'word'}, transport), el('td', {class: 'word'}, allocator),
        COLUMNS.map(column => el('td', {class: column[1](its) === best(transport, column) ? 'best' : ''},
          column[2](column[1](its)))));
    }))));
}

// ---- the page

const work = data.workload;
const mostRounds = Math.max(work.rounds, ...data.entries.map(each => each.rounds.length));

function timeInCollections() {
  const those = data.entries.filter(each => each.collectionMillis > 0);
  return those.length === 0 ? 'None took any time.' : 'Time in them: ' + those.map(each => each.transport + ' '
    + each.allocator + ' ' + count(each.collectionMillis) + ' ms').join(', ') + '.';
}

const keys = () => legend(ALLOCATORS.map(allocator => [allocator, allocator]));
const everywhere = draw => el('div', {class: 'grid'}, data.transports.map(draw));

page.append(
  el('h1', {}, 'One echo server, ' + ALLOCATORS.length + ' allocators: ' + words(ALLOCATORS)),
  el('p', {}, work.connections + ' connections × ' + work.messageSize + ' messages × depth ' + work.depth
    + ' over loopback, on ' + words(data.transports) + '.'
    + (data.missing.length === 0 ? ' Every byte came back right.' : '')),
  setupLine(data.setup),
  missing(),
  verdicts(),
  el('h2', {}, 'Under full load'),
  el('p', {class: 'faint'}, 'Bars are medians of ' + work.rounds
    + (mostRounds > work.rounds ? ' to ' + mostRounds : '') + (mostRounds === 1 ? ' round' : ' rounds')
    + ', whiskers reach from the smallest to the largest. Collections are of all rounds together.'),
  keys(),
  el('div', {class: 'grid'},
    bars('Throughput (more is better)', 'messages/s', 'messagesPerSecond', short),
    bars('Server CPU (less is better)', 'ns/KiB', 'cpuNanosPerKib', short),
    bars('Garbage collections of the server (fewer is better)', 'collections', 'collections', value => Number.isInteger(value) ? short(value) : null,
      timeInCollections())),
  el('h2', {}, 'Latency at the same rate for all'),
  el('p', {class: 'faint'}, 'Half of what the slowest did while it warmed up. Messages are sent on a timetable, and count'
    + ' from the time they should have been sent: a server that stalls makes all of them late. All rounds together;'
    + ' logarithmic.'),
  keys(),
  everywhere(latencyChart),
  el('h2', {}, 'Resident memory of the server'),
  el('p', {class: 'faint'}, 'As the system counts it: Java heap, code and buffers. All servers of a transport live side by'
    + ' side and take turns.'),
  keys(),
  everywhere(memoryChart));

if (data.entries.some(each => each.slabs)) {
  page.append(
    el('h2', {}, 'What the slabs looked like'),
    el('p', {class: 'faint'}, 'In the middle of full load. A row is 1 MiB. Each block is a span of slots of one size, its'
      + ' colour; it is filled as far as its slots are in use. Between the blocks, memory is free for any size.'),
    el('div', {class: 'grid wide'}, data.transports.map(slabs)));
}

page.append(
  el('h2', {}, 'All medians'),
  figures(),
  el('h2', {}, 'How it was measured'),
  el('p', {class: 'faint'}, 'Each server and each load is a process of its own with ' + work.eventLoops + ' event loop'
    + (work.eventLoops === 1 ? '' : 's') + ', and both use the allocator named. The processes of a transport run side by'
    + ' side and take turns: in each round every allocator has ' + work.seconds + ' s under full load and ' + work.seconds
    + ' s at the common rate. Factors compare round by round. Flags: ' + work.jvmFlags + '. It took '
    + Math.round(data.tookSeconds) + ' s.'));

drawAll();
