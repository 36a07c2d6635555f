'use strict';
// The page of one load.

function figure(name, value, note) {
  return el('div', {class: 'card'}, el('h3', {}, name), el('div', {class: 'figure'}, value),
    el('div', {class: 'faint'}, note || ''));
}

function at(percentile) {
  return data.latency.find(point => point.percentile === percentile).micros;
}

function seconds() {
  return axis('seconds', {type: 'linear', min: 0, max: data.timeline.at(-1).seconds, ticks: ticks(trim)});
}

const corrected = data.expectedIntervalNanos > 0;
const howMeasured = corrected ? ', corrected' : '';

page.append(
  el('h1', {}, 'Echo load: every byte came back right'),
  el('p', {}, data.load + '.'),
  setupLine(data.setup),
  el('div', {class: 'grid figures'},
    figure('Throughput', count(data.messagesPerSecond) + ' /s', trim(data.mebibytesPerSecond) + ' MiB/s each way'),
    figure('Messages', count(data.messages), 'in ' + trim(data.seconds) + ' s' + (data.stoppedEarly ? ', then stopped' : '')
      + (data.retriedConnections ? ', ' + count(data.retriedConnections) + ' refused connections tried again' : '')),
    figure('Latency p50' + howMeasured, micros(at(50)), ''),
    figure('Latency p99' + howMeasured, micros(at(99)), 'p99.9 ' + micros(at(99.9)))));

// One sample makes no line.
if (data.timeline.filter(sample => sample.p50Nanos > 0).length > 1) page.append(
  el('h2', {}, 'Over time'),
  el('div', {class: 'grid wide'},
    chart('Messages per second', () => ({
      type: 'line',
      data: {datasets: [line('messages/s', 'slab',
        data.timeline.map(sample => ({x: sample.seconds, y: sample.messagesPerSecond})))]},
      options: options({
        x: seconds(),
        y: axis('messages/s', {min: 0, ticks: ticks(short)})
      })
    })),
    el('div', {}, legend([['p50', 'slab'], ['p99', 'pooled'], ['largest', 'adaptive']]),
      chart('Latency as measured, of the messages of each moment', () => ({
        type: 'line',
        data: {datasets: [['p50', 'slab', 'p50Nanos'], ['p99', 'pooled', 'p99Nanos'], ['largest', 'adaptive', 'maxNanos']]
          .map(([label, colorName, key]) => line(label, colorName,
            data.timeline.filter(sample => sample[key] > 0)
              .map(sample => ({x: sample.seconds, y: sample[key] / 1000}))))},
        options: options({
          x: seconds(),
          y: logarithmic('', micros)
        })
      })))));

const curve = data.latency.filter(point => point.percentile >= 50 && point.percentile < 100 && nines(point.percentile) <= Math.log10(data.messages));

page.append(
  el('h2', {}, 'Latency by percentile'),
  el('p', {class: 'faint'}, data.latencyNote + '.'),
  corrected ? legend([['corrected', 'slab'], ['as measured', 'unpooled']]) : '',
  el('div', {class: 'grid wide'}, chart('Latency', () => ({
    type: 'line',
    data: {datasets: [
      line(corrected ? 'corrected' : 'measured', 'slab',
        curve.map(point => ({x: nines(point.percentile), y: point.micros})), {pointRadius: 3}),
      corrected ? line('as measured', 'unpooled',
        curve.map(point => ({x: nines(point.percentile), y: point.measuredMicros})), {borderDash: [5, 4]}) : null
    ].filter(Boolean)},
    options: options({
      x: percentileAxis(Math.max(...curve.map(point => nines(point.percentile)))),
      y: logarithmic('', micros)
    })
  }))));

drawAll();
