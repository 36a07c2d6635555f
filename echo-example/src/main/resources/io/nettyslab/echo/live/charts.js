// Line charts of the last minutes, by Chart.js. Each gets the whole history; the oldest point leaves at the left.

import { bytes, count, digits, duration, rate } from "./format.js";

const MIB = 1 << 20;

const SPECS = [
  {
    title: "Throughput",
    unit: (v) => rate(v * MIB),
    lines: [
      { label: "in", color: "--series-1", of: (s) => s.bytesReadPerSecond / MIB },
      { label: "out", color: "--series-2", dash: [5, 4], of: (s) => s.bytesWrittenPerSecond / MIB },
    ],
  },
  {
    title: "Latency in the server",
    unit: (v) => duration(v * 1e3),
    logarithmic: true, // the tail is a hundred times the median
    lines: [
      { label: "p99", color: "--series-2", of: (s) => micros(s.latencyP99Nanos) },
      { label: "p50", color: "--series-1", of: (s) => micros(s.latencyP50Nanos) },
    ],
  },
  {
    title: "Connections",
    unit: count,
    whole: true,
    lines: [{ label: "open", color: "--series-1", fill: true, of: (s) => s.connections }],
  },
  {
    title: "Memory",
    unit: (v) => bytes(v * MIB),
    lines: [
      { label: "in use", color: "--series-1", fill: true, of: (s) => mib(s.bytesInUse) },
      { label: "spans", color: "--series-3", of: (s) => mib(s.spanBytes) },
      { label: "reserved", color: "--series-2", step: true, of: (s) => mib(s.reservedBytes) },
      { label: "bound", color: "--muted", dash: [2, 4], of: (s, facts) => boundIfNear(s, facts) },
    ],
  },
  {
    title: "Buffers",
    unit: count,
    whole: true,
    lines: [{ label: "handed out now", color: "--series-1", fill: true, of: (s) => s.buffersInUse }],
  },
  {
    title: "Garbage collections",
    unit: (v) => `${digits(v)} ms`,
    floor: 1,
    lines: [{ label: "pause", color: "--series-2", fill: true, of: (s) => s.collectionMillis }],
  },
];

function micros(nanos) {
  return nanos === null ? null : nanos / 1e3;
}

function mib(value) {
  return value === null ? null : value / MIB;
}

/** A bound far above would press all else onto the axis; the bar above the slabs shows it at any distance. */
function boundIfNear(sample, facts) {
  return facts.maxMemory !== null && facts.maxMemory <= 4 * sample.reservedBytes ? facts.maxMemory / MIB : null;
}

export class Charts {
  constructor(parent, facts) {
    this.facts = facts;
    this.samples = [];
    this.charts = SPECS.filter((spec) => this.isKnown(spec)).map((spec) => new LiveChart(parent, spec, facts));
  }

  /** Netty's own allocators do not count buffers. */
  isKnown(spec) {
    return spec.title !== "Buffers" || this.facts.maxMemory !== null;
  }

  add(samples) {
    this.samples.push(...samples);
    const most = this.facts.historyMillis / this.facts.intervalMillis;
    this.samples.splice(0, Math.max(0, this.samples.length - most));
  }

  draw() {
    this.charts.forEach((chart) => chart.draw(this.samples));
    return this.charts.length;
  }

  recolor() {
    this.charts.forEach((chart) => chart.recolor());
  }
}

class LiveChart {
  constructor(parent, spec, facts) {
    this.spec = spec;
    this.facts = facts;
    const figure = document.createElement("figure");
    figure.className = "chart";
    const caption = document.createElement("figcaption");
    const title = document.createElement("h3");
    title.textContent = spec.title;
    this.values = document.createElement("p");
    caption.append(title, this.values);
    const frame = document.createElement("div");
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("role", "img");
    frame.append(this.canvas);
    figure.append(caption, frame);
    parent.append(figure);
    this.labels = spec.lines.map((line) => this.addLabel(line));
    this.chart = new Chart(this.canvas, this.configuration());
    this.recolor();
  }

  addLabel(line) {
    const swatch = document.createElement("i");
    const text = document.createElement("span");
    this.values.append(swatch, text);
    return { swatch, text, line };
  }

  configuration() {
    const spec = this.spec;
    const past = -this.facts.historyMillis / 1000;
    return {
      type: "line",
      data: { datasets: spec.lines.map(dataset) },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        maintainAspectRatio: false,
        interaction: { mode: "nearest", axis: "x", intersect: false },
        plugins: {
          colors: { enabled: false },
          legend: { display: false },
          tooltip: {
            callbacks: {
              title: (items) => `${digits(-items[0].parsed.x)} s ago`,
              label: (item) => `${item.dataset.label} ${spec.unit(item.parsed.y)}`,
            },
          },
        },
        scales: {
          x: {
            type: "linear",
            min: past,
            max: 0,
            ticks: { stepSize: -past / 4, maxRotation: 0, callback: (v) => (v === 0 ? "now" : `${v} s`) },
          },
          y: spec.logarithmic ? logarithmicAxis(spec) : linearAxis(spec),
        },
      },
    };
  }

  draw(samples) {
    const last = samples[samples.length - 1];
    this.chart.data.datasets.forEach((data, i) => {
      const line = this.spec.lines[i];
      data.data = samples.map((s) => ({ x: (s.time - last.time) / 1000, y: line.of(s, this.facts) }));
    });
    this.labels.forEach(({ text, swatch, line }) => {
      const value = line.of(last, this.facts);
      swatch.hidden = text.hidden = value === null && line.label === "bound";
      text.textContent = `${line.label} ${value === null ? "–" : this.spec.unit(value)}`;
    });
    this.canvas.setAttribute("aria-label", `${this.spec.title}, the last two minutes; now ${this.values.textContent}`);
    this.chart.update("none");
  }

  recolor() {
    const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    this.chart.data.datasets.forEach((data, i) => {
      const line = this.spec.lines[i];
      data.borderColor = color(line.color);
      data.backgroundColor = color(`${line.color}-soft`);
      this.labels[i].swatch.style.background = color(line.color);
    });
    const { x, y } = this.chart.options.scales;
    for (const scale of [x, y]) {
      scale.ticks.color = color("--muted");
      scale.ticks.padding = 5;
      scale.grid = { color: color("--grid"), drawTicks: false };
    }
    this.chart.update("none");
  }
}

/** All axes are of one width, so that the same time stands above itself. */
function axis(options) {
  return { ...options, border: { display: false }, afterFit: (scale) => (scale.width = 80) };
}

function linearAxis(spec) {
  return axis({
    beginAtZero: true,
    suggestedMax: spec.floor ?? (spec.whole ? 4 : undefined),
    ticks: { maxTicksLimit: 5, precision: spec.whole ? 0 : undefined, callback: spec.unit },
  });
}

function logarithmicAxis(spec) {
  return axis({
    type: "logarithmic",
    suggestedMin: 10,
    suggestedMax: 1000,
    ticks: { callback: (v) => (Number.isInteger(Math.log10(v)) ? spec.unit(v) : null) },
  });
}

function dataset(line) {
  return {
    label: line.label,
    data: [],
    borderWidth: 1.75,
    borderDash: line.dash,
    stepped: line.step ?? false,
    fill: line.fill ?? false,
    pointRadius: 0,
    pointHitRadius: 8,
    tension: 0,
  };
}
