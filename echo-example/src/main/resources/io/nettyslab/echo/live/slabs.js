// The picture of the slabs. Each slab is a tape of its pages, wrapped like text; each span stands in it like a tank:
// its colour tells the size of its slots, its level how many of them are in use. Where there is no tank, pages are free.

import { bytes, count, percent, times } from "./format.js";

const SMALLEST_SLOT = 16;
const LARGEST_SLOT = 1 << 20;
const PICTURE_HEIGHT = 440; // of all slabs together, as long as rows stay readable
const ROW_HEIGHTS = { least: 3, most: 22 };
const LOW = 48; // pixels; a lower tape has room for one line of text beside it
const TINT = 0.3; // of what is not in use
const PAGES_PER_ROW = { least: 256, most: 1024 };

/** Lightness, chroma and hue from the smallest slots to large buffers, a stop for every fourfold size. */
const COLORS = [
  [0.42, 0.16, 285], // 16 B
  [0.52, 0.17, 262],
  [0.6, 0.13, 235],
  [0.62, 0.1, 200], // 1 KiB
  [0.6, 0.14, 155],
  [0.76, 0.16, 105], // 16 KiB
  [0.68, 0.17, 60],
  [0.58, 0.19, 30],
  [0.54, 0.18, 0], // 1 MiB
  [0.48, 0.17, 320], // large buffers
];

export function slotColor(slotSize, dark) {
  const last = COLORS.length - 1;
  const place = slotSize > LARGEST_SLOT ? last : Math.log2(slotSize / SMALLEST_SLOT) / 2;
  const below = COLORS[Math.floor(place)];
  const above = COLORS[Math.min(last, Math.ceil(place))];
  const [l, c, h] = below.map((value, i) => value + (above[i] - value) * (place % 1));
  return `oklch(${dark ? 0.3 + 0.68 * l : l} ${c} ${h})`;
}

/** A span, or one row of it, as a tank. */
export function drawTank(context, x, y, width, height, slotSize, share, dark) {
  context.fillStyle = slotColor(slotSize, dark);
  context.globalAlpha *= TINT;
  context.fillRect(x, y, width, height);
  context.globalAlpha /= TINT;
  const level = share > 0 ? Math.max(1, Math.round(share * height)) : 0;
  context.fillRect(x, y + height - level, width, level);
}

export class SlabPicture {
  constructor(picture, tip) {
    this.picture = picture;
    this.tip = tip;
    this.tapes = [];
    this.highlight = null; // the only slot size shown in full colour, or null
    this.document = null;
  }

  /** Draws what /slabs.json told. */
  draw(document_) {
    this.document = document_;
    const slabs = document_.slabs;
    while (this.tapes.length < slabs.length) {
      this.tapes.push(new Tape(this.picture, this.tip));
    }
    while (this.tapes.length > slabs.length) {
      this.tapes.pop().remove();
    }
    const layout = layoutFor(slabs, document_.pageSize);
    const style = styleNow();
    slabs.forEach((slab, i) => this.tapes[i].draw(slab, i, document_.pageSize, layout, style, this.highlight));
  }

  redraw() {
    if (this.document) {
      this.draw(this.document);
    }
  }

  setHighlight(slotSize) {
    this.highlight = slotSize;
    this.redraw();
  }
}

/** The same for all slabs, so that they can be compared: pages in a row, and how high rows are. */
function layoutFor(slabs, pageSize) {
  let perRow = PAGES_PER_ROW.least;
  let rows;
  let height;
  do {
    rows = slabs.reduce((sum, slab) => sum + Math.ceil(slab.size / pageSize / perRow), 0);
    height = Math.floor(PICTURE_HEIGHT / Math.max(1, rows)) - 1;
  } while (height < ROW_HEIGHTS.least + 3 && (perRow *= 2) <= PAGES_PER_ROW.most);
  return {
    perRow: Math.min(perRow, PAGES_PER_ROW.most),
    rowHeight: Math.min(ROW_HEIGHTS.most, Math.max(ROW_HEIGHTS.least, height)),
  };
}

function styleNow() {
  const style = getComputedStyle(document.documentElement);
  return {
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    free: style.getPropertyValue("--free").trim(),
    freeMark: style.getPropertyValue("--free-mark").trim(),
  };
}

class Tape {
  constructor(parent, tip) {
    this.tip = tip;
    this.figure = document.createElement("figure");
    this.figure.className = "slab";
    this.caption = document.createElement("figcaption");
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("role", "img");
    this.canvas.tabIndex = 0;
    this.figure.append(this.caption, this.canvas);
    parent.append(this.figure);
    this.canvas.addEventListener("mousemove", (event) => this.pointAt(event));
    this.canvas.addEventListener("mouseleave", () => this.leave());
    this.canvas.addEventListener("blur", () => this.leave());
    this.canvas.addEventListener("keydown", (event) => this.step(event));
    this.selected = null; // index of a span reached by keys
  }

  remove() {
    this.leave();
    this.figure.remove();
  }

  draw(slab, index, pageSize, layout, style, highlight) {
    Object.assign(this, { slab, index, pageSize, layout });
    const pages = slab.size / pageSize;
    const rows = Math.ceil(pages / layout.perRow);
    const scale = devicePixelRatio;
    const width = this.canvas.clientWidth;
    const pitch = layout.rowHeight + 1;
    resize(this.canvas, Math.round(width * scale), Math.round(rows * pitch * scale), rows * pitch);
    const context = this.canvas.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const pageWidth = width / layout.perRow;
    this.figure.classList.toggle("low", rows * pitch < LOW);
    this.drawFree(context, pages, rows, pageWidth, pitch, style);
    for (const span of slab.spans) {
      context.globalAlpha = highlight === null || highlight === span.slotSize ? 1 : 0.15;
      this.drawSpan(context, span, pageWidth, pitch, style.dark);
    }
    context.globalAlpha = 1;
    this.describe();
  }

  /** An empty track with a mark every sixteen pages, 64 KiB, to judge lengths by. */
  drawFree(context, pages, rows, pageWidth, pitch, style) {
    for (let row = 0; row < rows; row++) {
      const length = Math.min(this.layout.perRow, pages - row * this.layout.perRow);
      context.fillStyle = style.free;
      context.fillRect(0, row * pitch, length * pageWidth, this.layout.rowHeight);
      context.fillStyle = style.freeMark;
      for (let page = 16; page < length; page += 16) {
        context.fillRect(Math.round(page * pageWidth), row * pitch, 1, this.layout.rowHeight);
      }
    }
  }

  drawSpan(context, span, pageWidth, pitch, dark) {
    const perRow = this.layout.perRow;
    const end = (span.offset + span.length) / this.pageSize;
    let page = span.offset / this.pageSize;
    while (page < end) {
      const row = Math.floor(page / perRow);
      const stop = Math.min(end, (row + 1) * perRow);
      const x = (page - row * perRow) * pageWidth;
      const gap = pageWidth > 2.5 ? 1 : 0.4; // tells neighbours of one class apart
      const width = (stop - page) * pageWidth - (stop === end ? gap : 0);
      const share = span.slotsInUse / span.slots;
      drawTank(context, x, row * pitch, width, this.layout.rowHeight, span.slotSize, share, dark);
      page = stop;
    }
  }

  describe() {
    const free = freeRuns(this.slab);
    const title = `${this.slab.direct ? "direct" : "heap"} slab ${this.index}`;
    const runs = free.bytes > 0 ? `, longest free run ${bytes(free.longest)} of ${times(free.runs, "run", "runs")}` : "";
    this.caption.replaceChildren(
      line("strong", title),
      line("span", `${bytes(this.slab.size)}, ${percent(free.bytes, this.slab.size)} free`),
      line("span", free.bytes > 0 ? `longest run ${bytes(free.longest)}, ${times(free.runs, "gap", "gaps")}` : "no gap"),
    );
    this.canvas.setAttribute(
      "aria-label",
      `${title}, ${times(this.slab.spans.length, "span", "spans")}, ${percent(free.bytes, this.slab.size)} free${runs}`,
    );
  }

  pointAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / (this.layout.rowHeight + 1));
    const page = row * this.layout.perRow + Math.floor(((event.clientX - box.left) / box.width) * this.layout.perRow);
    const offset = page * this.pageSize;
    if (page < 0 || offset >= this.slab.size) {
      this.leave();
      return;
    }
    const span = this.slab.spans.find((s) => s.offset <= offset && offset < s.offset + s.length);
    this.show(span ? describeSpan(span) : describeGap(this.slab, offset), event.clientX, event.clientY);
  }

  /** Left and right go from span to span, for those without a mouse. */
  step(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") {
      this.leave();
    }
    if (!by || this.slab.spans.length === 0) {
      return;
    }
    event.preventDefault();
    const last = this.slab.spans.length - 1;
    this.selected = Math.max(0, Math.min(last, (this.selected ?? -by * last) + by));
    const span = this.slab.spans[this.selected];
    const box = this.canvas.getBoundingClientRect();
    const page = span.offset / this.pageSize;
    const x = box.left + ((page % this.layout.perRow) / this.layout.perRow) * box.width;
    const y = box.top + Math.floor(page / this.layout.perRow) * (this.layout.rowHeight + 1);
    this.show(describeSpan(span), x, y);
  }

  show([title, ...details], x, y) {
    this.tip.replaceChildren(line("strong", title), ...details.map((text) => line("span", text)));
    this.tip.hidden = false;
    const left = Math.min(x + 14, innerWidth - this.tip.offsetWidth - 8);
    const top = y + 18 + this.tip.offsetHeight > innerHeight ? y - this.tip.offsetHeight - 10 : y + 18;
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${top}px`;
  }

  leave() {
    this.tip.hidden = true;
    this.selected = null;
  }
}

function resize(canvas, width, height, cssHeight) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width; // clears it too
    canvas.height = height;
    canvas.style.height = `${cssHeight}px`;
  } else {
    const context = canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
  }
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function isLarge(span) {
  return span.slotSize > LARGEST_SLOT;
}

function describeSpan(span) {
  const at = `at offset ${bytes(span.offset)}`;
  if (isLarge(span)) {
    return [`large buffer of ${bytes(span.length)}`, at];
  }
  return [
    `${times(span.slots, "slot", "slots")} of ${bytes(span.slotSize)}`,
    `${count(span.slotsInUse)} in use (${percent(span.slotsInUse, span.slots)})`,
    `span of ${bytes(span.length)} ${at}`,
  ];
}

function describeGap(slab, offset) {
  const before = slab.spans.filter((s) => s.offset + s.length <= offset).at(-1);
  const after = slab.spans.find((s) => s.offset > offset);
  const from = before ? before.offset + before.length : 0;
  const to = after ? after.offset : slab.size;
  return [`${bytes(to - from)} free`, `from offset ${bytes(from)}, for any size class`];
}

/** The gaps between spans: how many, how long together, and the longest of them. */
export function freeRuns(slab) {
  const runs = { runs: 0, bytes: 0, longest: 0 };
  let from = 0;
  for (const span of [...slab.spans, { offset: slab.size, length: 0 }]) {
    const length = span.offset - from;
    if (length > 0) {
      runs.runs++;
      runs.bytes += length;
      runs.longest = Math.max(runs.longest, length);
    }
    from = span.offset + span.length;
  }
  return runs;
}

/** Slots of all slabs by size, ascending; every large buffer counts as one class of its own kind. */
export function sizeClasses(slabs) {
  const classes = new Map();
  for (const span of slabs.flatMap((slab) => slab.spans)) {
    const key = isLarge(span) ? Infinity : span.slotSize;
    const entry = classes.get(key) ?? { slotSize: key, spans: 0, slots: 0, inUse: 0 };
    entry.spans++;
    entry.slots += span.slots;
    entry.inUse += span.slotsInUse;
    classes.set(key, entry);
  }
  return [...classes.values()].sort((a, b) => a.slotSize - b.slotSize);
}
