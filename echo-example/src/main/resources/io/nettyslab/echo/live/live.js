// Asks the server for news twice a second, and has them drawn.

import { Charts } from "./charts.js";
import { bytes, count, duration, percent, rate, times } from "./format.js";
import { SlabPicture, drawTank, freeRuns, sizeClasses, slotColor } from "./slabs.js";

const at = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const state = document.body.dataset; // for tests, which cannot see pictures
const picture = new SlabPicture(at("picture"), at("tip"));

let charts = null;
let facts = null;
let seen = 0; // sequence of the last sample
let last = null;

state.errors = "0";
for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"]) {
  addEventListener(kind, () => (state.errors = String(Number(state.errors) + 1)));
}

async function get(path) {
  const response = await fetch(path);
  if (!response.ok) {
    throw new Error(`${path}: ${response.status}`);
  }
  return response.json();
}

async function news() {
  const [live, slabs] = await Promise.all([get(`/live.json?since=${seen}`), get("/slabs.json")]);
  if (!charts) {
    facts = live.facts;
    charts = new Charts(at("charts"), facts);
    showNotes();
  } else if (live.facts.started !== facts.started) {
    location.reload(); // another server has taken this one's place
  }
  if (live.samples.length > 0) {
    last = live.samples[live.samples.length - 1];
    seen = last.sequence;
    charts.add(live.samples);
    state.charts = String(charts.draw());
    showTiles();
  }
  showSlabs(slabs);
}

function showNotes() {
  at("notes").replaceChildren(...[`${facts.allocator} allocator`, ...facts.notes].map((note) => element("li", note)));
}

function showTiles() {
  const figures = [
    ["in", rate(last.bytesReadPerSecond)],
    ["out", rate(last.bytesWrittenPerSecond)],
    ["connections", count(last.connections)],
    ["latency p99", duration(last.latencyP99Nanos)],
    ["memory in use", bytes(last.bytesInUse)],
    ["reserved", bytes(last.reservedBytes)],
    ["buffers out", count(last.buffersInUse)],
    ["allocations", last.allocationsPerSecond === null ? "–" : `${count(last.allocationsPerSecond)}/s`],
    ["unpooled · refused", `${count(last.unpooledAllocations)} · ${count(last.failedAllocations)}`],
    ["collections", count(last.totalCollections)],
    ["CPU cores", last.cpu === null ? "–" : last.cpu.toFixed(2)],
  ];
  at("tiles").replaceChildren(
    ...figures.map(([name, value]) => {
      const tile = document.createElement("div");
      tile.append(element("dt", name), element("dd", value));
      return tile;
    }),
  );
}

function showSlabs(document_) {
  const slabs = document_.slabs;
  const isSlab = facts.maxMemory !== null;
  at("slabs-message").hidden = isSlab;
  at("legend").hidden = !isSlab;
  at("meter").hidden = !isSlab;
  if (!isSlab) {
    at("slabs-message").textContent =
      `This server runs on Netty's ${facts.allocator} allocator, which has no slabs to draw. ` +
      `It reserves ${bytes(last?.reservedBytes)} now, without a bound of its own` +
      (last?.bytesInUse == null ? ", and does not tell what is in use." : `, of which ${bytes(last.bytesInUse)} are in use.`);
    state.slabs = "none";
    return;
  }
  picture.draw(document_);
  showMeter(document_);
  showClasses(sizeClasses(slabs));
  state.slabs = String(slabs.length);
  state.spans = String(slabs.reduce((sum, slab) => sum + slab.spans.length, 0));
}

/** The bound is the whole bar; what is reserved, in spans and in use are its parts. */
function showMeter({ slabs, maxMemory }) {
  const spans = slabs.flatMap((slab) => slab.spans);
  const reserved = slabs.reduce((sum, slab) => sum + slab.size, 0);
  const inSpans = spans.reduce((sum, span) => sum + span.length, 0);
  const inUse = spans.reduce((sum, span) => sum + span.slotsInUse * span.slotSize, 0);
  const free = slabs.map(freeRuns).reduce((sum, runs) => sum + runs.runs, 0);
  const parts = [
    ["used", inUse, "in use"],
    ["ready", inSpans - inUse, "in spans, ready"],
    ["free", reserved - inSpans, "reserved, free pages"],
    ["rest", maxMemory - reserved, "not reserved"],
  ];
  at("meter").replaceChildren(
    ...parts.map(([name, size]) => {
      const part = element("i", "");
      part.className = name;
      part.style.flexGrow = String(size);
      return part;
    }),
  );
  at("meter").setAttribute("aria-label", parts.map(([, size, text]) => `${bytes(size)} ${text}`).join(", "));
  at("meter-legend").replaceChildren(
    ...parts.map(([name, size, text]) => {
      const item = element("li", `${bytes(size)} ${text}`);
      item.className = name;
      return item;
    }),
  );
  at("slabs-summary").textContent =
    `${times(slabs.length, "slab", "slabs")}, ${bytes(reserved)} of at most ${bytes(maxMemory)} reserved · ` +
    `${times(spans.length, "span", "spans")}${inSpans > 0 ? `, ${percent(inUse, inSpans)} of their bytes in use` : ""} · ` +
    `${times(free, "gap", "gaps")}` +
    (last?.unpooledBytes > 0 ? ` · ${bytes(last.unpooledBytes)} beside them, unpooled` : "");
}

/** Keeps the elements, so that one under the mouse stays there. */
function showClasses(classes) {
  const list = at("classes");
  while (list.children.length > classes.length) {
    list.lastChild.remove();
  }
  while (list.children.length < classes.length) {
    list.append(classItem());
  }
  classes.forEach((entry, i) => {
    const item = list.children[i];
    const [swatch, size, bar, text] = item.children;
    const large = entry.slotSize === Infinity;
    item.slotSize = large ? null : entry.slotSize;
    swatch.style.background = bar.firstChild.style.background = slotColor(entry.slotSize, dark.matches);
    size.textContent = large ? "large" : bytes(entry.slotSize);
    bar.firstChild.style.width = `${(100 * entry.inUse) / entry.slots}%`;
    text.textContent = `${count(entry.inUse)} / ${count(entry.slots)} · ${count(entry.spans)}`;
  });
}

function classItem() {
  const item = document.createElement("li");
  const bar = element("b", "");
  bar.append(element("i", ""));
  item.append(element("i", ""), element("span", ""), bar, element("span", ""));
  item.addEventListener("mouseenter", () => picture.setHighlight(item.slotSize));
  item.addEventListener("mouseleave", () => picture.setHighlight(null));
  return item;
}

function showKeys() {
  for (const key of document.querySelectorAll("canvas.key")) {
    const context = key.getContext("2d");
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--free").trim();
    context.fillRect(0, 0, key.width, key.height);
    if (key.dataset.fill) {
      drawTank(context, 0, 0, key.width, key.height, 2048, Number(key.dataset.fill), dark.matches);
    }
  }
  const ramp = at("ramp").getContext("2d");
  const steps = 18;
  const width = at("ramp").width / steps;
  for (let i = 0; i < steps; i++) {
    ramp.fillStyle = slotColor(2 ** (4 + i), dark.matches);
    ramp.fillRect(i * width, 0, width - 1, at("ramp").height);
  }
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function setStatus(text, ok) {
  at("status").textContent = text;
  at("status").className = ok ? "ok" : "lost";
}

dark.addEventListener("change", () => {
  showKeys();
  charts?.recolor();
  picture.redraw();
});
addEventListener("resize", () => picture.redraw());

let lostSince = null;

async function loop() {
  if (!document.hidden) {
    try {
      await news();
      lostSince = null;
      setStatus("live", true);
    } catch (error) {
      if (!(error instanceof TypeError) && !String(error.message).startsWith("/")) {
        throw error; // a mistake in this page, not a server that is gone
      }
      lostSince ??= new Date();
      setStatus(`no answer since ${lostSince.toLocaleTimeString()}`, false);
    }
  }
  setTimeout(loop, facts?.intervalMillis ?? 500);
}

showKeys();
loop();
