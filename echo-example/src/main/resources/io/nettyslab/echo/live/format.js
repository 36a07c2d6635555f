// Numbers as people read them.

const SIZES = ["B", "KiB", "MiB", "GiB", "TiB"];

export function bytes(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  let unit = 0;
  let number = value;
  while (number >= 1024 && unit < SIZES.length - 1) {
    number /= 1024;
    unit++;
  }
  return `${digits(number)} ${SIZES[unit]}`;
}

/** Always in the same unit, so that a change is one of the number. */
export function rate(bytesPerSecond) {
  return `${digits(bytesPerSecond / (1 << 20))} MiB/s`;
}

export function count(value) {
  return value === null || value === undefined ? "–" : Math.round(value).toLocaleString("en-US");
}

export function duration(nanos) {
  if (nanos === null || nanos === undefined) {
    return "–";
  }
  if (nanos < 1e6) {
    return `${digits(nanos / 1e3)} µs`;
  }
  return nanos < 1e9 ? `${digits(nanos / 1e6)} ms` : `${digits(nanos / 1e9)} s`;
}

export function percent(part, whole) {
  return whole > 0 ? `${digits((100 * part) / whole)} %` : "–";
}

/** Three significant digits at most, and none behind a whole number. */
export function digits(number) {
  const places = Number.isInteger(number) || number >= 100 ? 0 : number >= 10 ? 1 : 2;
  return number.toLocaleString("en-US", { maximumFractionDigits: places });
}

export function times(count, one, many) {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
